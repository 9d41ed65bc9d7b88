"""The same system of equations in igraph and networkx; runs in an environment of its own, which has them and not kith.

peers.py GRAPH ENGINE prints one JSON object. Both know PageRank, where what a node holds is shared out by its sender. The
signal here is shared out by its receiver, so they are given the turned graph and asked from one node: their answer is then
the adjoint `y = (1 - keep) (I - C)^-1 e`, the same matrix transposed, one product with it a round.
"""

import json
import sys
import time

import numpy as np

KEEP, NODE = 0.7, 0


def igraph(arrays, nodes):
    """Its PRPACK solver, which stops by a tolerance of its own (1e-10)."""
    import igraph as library

    graph = library.Graph(n=nodes, edges=np.stack((arrays["dst"], arrays["src"]), axis=1), directed=True)
    graph.es["weight"] = arrays["w"].astype(float)
    return lambda: graph.personalized_pagerank(damping=KEEP, reset_vertices=[NODE], weights="weight"), library.__version__


def networkx(arrays, nodes):
    """Its power iteration over a scipy matrix that it builds from dicts each time."""
    import networkx as library

    graph = library.DiGraph()
    graph.add_nodes_from(range(nodes))
    graph.add_weighted_edges_from(zip(arrays["dst"].tolist(), arrays["src"].tolist(), arrays["w"].tolist(), strict=True))

    def solve():
        ranks = library.pagerank(graph, alpha=KEEP, personalization={NODE: 1}, dangling={NODE: 1}, tol=1e-8 / nodes, max_iter=500)
        return [ranks[node] for node in range(nodes)]

    return solve, library.__version__


if __name__ == "__main__":
    with np.load(sys.argv[1]) as file:
        arrays = dict(file)
    began = time.perf_counter()
    solve, version = {"igraph": igraph, "networkx": networkx}[sys.argv[2]](arrays, int(arrays["n"]))
    built = time.perf_counter()
    answer = np.array(solve())
    solved = time.perf_counter()
    greatest = np.argsort(-answer, kind="stable")[:50]
    print(json.dumps({
        "version": version, "build_s": round(built - began, 2), "solve_s": round(solved - built, 2),
        "top": greatest.tolist(), "values": (answer[greatest] / answer[greatest][0]).tolist(),
    }))  # fmt: skip
