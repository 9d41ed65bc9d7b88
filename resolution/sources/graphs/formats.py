"""The graph formats that are known, by name."""

from resolution.sources.graphs.bods import BODS
from resolution.sources.graphs.follow_the_money import FOLLOW_THE_MONEY
from resolution.sources.graphs.ocds import OCDS
from resolution.sources.graphs.truth_set import TRUTH_SET

GRAPHS = {graph.name: graph for graph in (FOLLOW_THE_MONEY, BODS, OCDS, TRUTH_SET)}
