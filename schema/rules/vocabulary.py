"""The closed sets of words that the catalogue, the tables and the schema share.

Each member carries its help: the sentence that the GraphQL schema and the catalogue's JSON Schema print.
"""

from enum import Enum
from typing import Self

from schema.rules.words import spoken


class Term(str, Enum):
    """A word of a closed set: its value is its name, `help` says what it means, `spoken` is it inside a sentence."""

    help: str
    spoken: str

    # That of Enum is a call of Python's, and terms are looked up everywhere.
    __hash__ = str.__hash__

    def __new__(cls, value: str, help: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.help = help
        member.spoken = spoken(value)
        return member

    def __str__(self) -> str:
        return self.name


class ArtifactKind(Term):
    """What sort of thing an artifact is."""

    AGENT = "AGENT", "Plans and takes steps towards a goal by itself."
    API = "API", "A service that programs call over a network."
    APP = "APP", "Software installed on a phone or a desktop."
    BENCHMARK = "BENCHMARK", "A fixed set of tasks with a way to score answers."
    CLI = "CLI", "A program run from a terminal."
    DATASET = "DATASET", "A collection of examples to train or test on."
    EXTENSION = "EXTENSION", "Adds to a host program such as an editor or a browser."
    FINE_TUNE = "FINE_TUNE", "A model trained further from another model for a narrower job."
    FRAMEWORK = "FRAMEWORK", "Gives programs their structure and calls their code."
    LIBRARY = "LIBRARY", "Code that programs call."
    MCP_SERVER = "MCP_SERVER", "Offers tools to models over the Model Context Protocol."
    MODEL = "MODEL", "Trained weights that turn inputs into predictions."
    PLATFORM = "PLATFORM", "A hosted place that people build, store or run things on."
    PRODUCT = "PRODUCT", "Something sold or offered whole, whatever it is made of."
    PROMPT = "PROMPT", "Written instructions for a model."
    REPOSITORY = "REPOSITORY", "Source code that is published without being packaged."
    SKILL = "SKILL", "Instructions and files that teach an agent one job."
    TEMPLATE = "TEMPLATE", "A starting point to copy and fill in."
    WEB_APP = "WEB_APP", "Software used in a browser."
    WORKFLOW = "WORKFLOW", "Connected steps that run one after another."


class Dimension(Term):
    """One of the five things that a rank weighs."""

    ADOPTION = "ADOPTION", "How much it is used: downloads, dependents, citations."
    QUALITY = "QUALITY", "How well it does its job, by tests and by care taken in making it."
    ECOSYSTEM = "ECOSYSTEM", "What stands around it: integrations, tools, documentation, people."
    MATCH_GRAPH = "MATCH_GRAPH", "How often searches led to it and people chose it."
    FRESHNESS = "FRESHNESS", "How recently it changed, at the date of the catalogue."


class Basis(Term):
    """Where a figure comes from."""

    PUBLISHED = "PUBLISHED", "Someone states it, and the source says who."
    DERIVED = "DERIVED", "Worked out from signals or from the catalogue itself."
    MISSING = "MISSING", "Nobody has said, which is not the same as zero."


class Availability(Term):
    """Whether one can get it at all."""

    AVAILABLE = "AVAILABLE", "Anyone can get it."
    GATED = "GATED", "It is given after a request, a sign-up or a signed agreement."
    PARTIAL = "PARTIAL", "Some of its parts can no longer be had."
    REMOVED = "REMOVED", "Those who published it no longer hand it out."
    UNKNOWN = "UNKNOWN", "The catalogue does not say."


class LicenseUse(Term):
    """What the licence lets one do with it, whatever it costs."""

    OPEN = "OPEN", "Any use, commercial use included."
    NON_COMMERCIAL = "NON_COMMERCIAL", "Research, evaluation or private use only."
    RESTRICTED = "RESTRICTED", "Some uses, users or regions are excluded, or terms differ by part."
    PROPRIETARY = "PROPRIETARY", "Only on the owner's own terms."


class Pricing(Term):
    """What it costs to use. Says nothing of the licence or of availability."""

    FREE = "FREE", "Nothing to pay."
    FREEMIUM = "FREEMIUM", "Free up to a limit, paid beyond it."
    PAID = "PAID", "There is no free way to use it."


class Direction(Term):
    """Which end of a field is the better one."""

    HIGHER_WINS = "HIGHER_WINS", "The larger value leads."
    LOWER_WINS = "LOWER_WINS", "The smaller value leads."
    NEWER_WINS = "NEWER_WINS", "The later date leads."
    UNORDERED = "UNORDERED", "Neither end is better, so nobody leads."


class FieldOutcome(Term):
    """How a field came out."""

    LEADER = "LEADER", "One artifact is ahead of all others whose value is known."
    TIE = "TIE", "Two or more share the best value."
    UNORDERED = "UNORDERED", "The field has no better end."
    NO_DATA = "NO_DATA", "Fewer than two values are known, so there is nothing to compare."


class VerdictOutcome(Term):
    """How a comparison came out."""

    WINNER = "WINNER", "One artifact has the highest rank."
    TIE = "TIE", "Two or more share the highest rank exactly."
    UNDECIDED = "UNDECIDED", "Too little is known about too many of them to say."


class ScoringMethod(Term):
    """How a figure becomes a score from 0 to 1."""

    LOG = "LOG", "The score is log(1 + figure) / log(1 + full), at most 1: each further power of ten counts alike."
    PERCENTILE = (
        "PERCENTILE",
        "The place of the figure among the marks, from 0 at the lowest to 1 at the highest, on straight lines between "
        "them; a figure that several marks share stands in their middle.",
    )
    AGE = "AGE", "The score is 0.5 to the power of days / half-life, at the day that the catalogue is scored at."


class CaveatCode(Term):
    """What a reader should know before acting on a verdict."""

    DIFFERENT_KINDS = "DIFFERENT_KINDS", "They are not the same kind of thing, so they rarely stand in for each other."
    CLOSE_CALL = "CLOSE_CALL", "The lead is smaller than what rounding of the scores could explain."
    SPARSE_DATA = "SPARSE_DATA", "Scores are missing, so less was compared than the scorecard weighs."
    MIXED_BASIS = "MIXED_BASIS", "Some of the scores compared were published and others derived."
    STALE_SIGNALS = "STALE_SIGNALS", "The newest figure behind an artifact, or behind a score compared, is old."
    NO_SIGNALS = "NO_SIGNALS", "No dated figure stands behind an artifact."
    NOT_AVAILABLE = "NOT_AVAILABLE", "An artifact cannot be had any more, or only in part."
    RESTRICTED_LICENSE = "RESTRICTED_LICENSE", "The licence of an artifact rules out some uses."
    LICENSE_UNKNOWN = "LICENSE_UNKNOWN", "Nobody has recorded what the licence of an artifact allows."
    SEARCHES_DISAGREE = "SEARCHES_DISAGREE", "What searches lead to, and people choose, is another one than the winner."


class EvidenceStance(Term):
    """What recorded searches say of a verdict."""

    SUPPORTS = "SUPPORTS", "More than half prefer the winner to each of the others, by the whole of each 95 % interval."
    OPPOSES = "OPPOSES", "More than half prefer another to the winner, by the whole of the 95 % interval."
    INCONCLUSIVE = "INCONCLUSIVE", "The intervals leave open which is preferred, or there is no winner to speak for."
    NO_SEARCHES = "NO_SEARCHES", "No recorded search has matched the winner together with another."
