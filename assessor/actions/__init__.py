"""What people do: one verb, one function, one transaction.

Only this package commits. Every function needs an app context, takes the library's id and other
ids, never a request, and answers with `Checked`: the value, or what is wrong and what to do.
`on` is the day on which it happens, today where it is left out; pages never give it.
"""
