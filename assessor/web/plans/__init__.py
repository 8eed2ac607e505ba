"""Plans: read a document, review what it proposes, accept it as an edition."""
