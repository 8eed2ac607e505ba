"""What the shape of a document cannot say: whether it makes sense, and what to do where not."""
