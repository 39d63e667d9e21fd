"""The graph in Neo4j: a server for this project, the connection to it, and the mirror itself."""
