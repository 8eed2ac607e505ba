"""A contract that import-linter has no kind for: the folders of one parent leave each other alone.

Its own kind for this wants every folder by name, and would not know of the next one.
"""

from itertools import permutations

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class SiblingFolders(Contract):
    """No folder of `parent` imports another, directly or through a module beside the folders."""

    parent = fields.ModuleField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        folders = sorted(
            child for child in graph.find_children(str(self.parent)) if graph.find_children(child)
        )
        chains = [
            " -> ".join(chain)
            for importer, imported in permutations(folders, 2)
            for chain in sorted(
                graph.find_shortest_chains(importer=importer, imported=imported, as_packages=True)
            )
        ]
        return ContractCheck(kept=not chains, metadata={"chains": chains})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for chain in check.metadata["chains"]:
            output.print_error(f"- {chain}")
        output.print(f"Put what both need directly into {self.parent}.")
