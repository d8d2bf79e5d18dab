"""What the keys of LiteLLM's price list name.

A key is an id for LiteLLM: often the seller, a slash, and the seller's own id. This tells the keys that name a model so
that another source can know it from those that do not.
"""

import re
from typing import NamedTuple

from gateway.catalogue.importers.full_names import is_full_name, is_moving
from gateway.catalogue.importers.hub import usable_id


class Maker(NamedTuple):
    """A maker that sells its models itself.

    Its id in models.dev or, where it has none, in LiteLLM; its name; and how the ids of what it made begin, since some
    makers sell what others made too.
    """

    id: str
    name: str
    beginnings: tuple[str, ...]


MAKERS = {
    "ai21": Maker("ai21", "AI21 Labs", ("j2-", "jamba-")),
    "anthropic": Maker("anthropic", "Anthropic", ("claude-",)),
    "black_forest_labs": Maker("black_forest_labs", "Black Forest Labs", ("flux-",)),
    "cohere": Maker("cohere", "Cohere", ("c4ai-", "command-", "embed-", "rerank-")),
    "cohere_chat": Maker("cohere", "Cohere", ("c4ai-", "command-")),
    "deepseek": Maker("deepseek", "DeepSeek", ("deepseek-",)),
    "elevenlabs": Maker("elevenlabs", "ElevenLabs", ("eleven_", "scribe_")),
    "gemini": Maker("google", "Google", ("gemini-", "gemma-", "imagen-", "learnlm-", "lyria-", "veo-")),
    "gigachat": Maker("gigachat", "GigaChat", ("Embeddings", "GigaChat", "GigaEmbeddings")),
    "inception": Maker("inception", "Inception", ("mercury-",)),
    "meta": Maker("meta", "Meta", ("muse-", "sam-")),
    "minimax": Maker("minimax", "MiniMax", ("MiniMax-", "speech-")),
    "mistral": Maker(
        "mistral",
        "Mistral",
        (
            "codestral-",
            "devstral-",
            "labs-",
            "magistral-",
            "ministral-",
            "mistral-",
            "open-mistral-",
            "open-mixtral-",
            "pixtral-",
            "voxtral-",
        ),
    ),
    "moonshot": Maker("moonshotai", "Moonshot AI", ("kimi-", "moonshot-")),
    "openai": Maker(
        "openai",
        "OpenAI",
        (
            "chatgpt-",
            "computer-use-",
            "gpt-",
            "o1",
            "o3",
            "o4",
            "omni-moderation-",
            "sora-",
            "text-embedding-",
            "tts-",
            "whisper-",
        ),
    ),
    "perplexity": Maker("perplexity", "Perplexity", ("pplx-", "sonar")),
    "sarvam": Maker("sarvam", "Sarvam AI", ("sarvam-",)),
    "text-completion-openai": Maker("openai", "OpenAI", ("babbage-", "davinci-", "gpt-")),
    "voyage": Maker("voyage", "Voyage AI", ("rerank-", "voyage-")),
    "xai": Maker("xai", "xAI", ("grok-",)),
    "xiaomi_mimo": Maker("xiaomi", "Xiaomi", ("mimo-",)),
    "zai": Maker("zhipuai", "Zhipu AI", ("glm-",)),
}
"""By LiteLLM's name for the maker's own service."""

SIZES = re.compile(r"\d+-x-\d+")
REGION = re.compile(r"(us|us-gov|eu|au|jp|apac|global)\.")
AMAZON = ("bedrock", "sagemaker")


class Key(NamedTuple):
    """What a key names: a model with its full name, and its maker where the maker sells it; or why it names none."""

    name: str = ""
    maker: Maker | None = None
    reason: str | None = None


def read_key(key: str, seller: str) -> Key:
    """What a key of the price list names, where `seller` is LiteLLM's name for who sells it."""
    front, slash, rest = key.partition("/")
    # The names of Google's services have more than the keys: vertex_ai-zai_models sells vertex_ai/zai-org/glm-5-maas.
    id = rest if slash and (front == seller or seller.startswith(f"{front}-")) else key
    if reason := _no_name(id, seller):
        return Key(reason=reason)
    maker = MAKERS.get(seller)
    if maker and "/" not in id and id.startswith(maker.beginnings) and usable_id(f"{maker.id}/{id}"):
        return Key(f"{maker.id}/{id}", maker)
    if is_full_name(id):
        return Key(id)
    return Key(reason="its id names no maker, and its seller is not known to have made it")


def _no_name(id: str, seller: str) -> str | None:
    if len(id) > 150:
        return "its id is too long"
    if id.startswith("ft:"):
        return "is a price of what customers fine-tune for themselves"
    if SIZES.search(id) or "/max-steps/" in id or "-steps/" in id:
        return "is a price of one size and quality of images"
    if seller.startswith(AMAZON) or REGION.match(id):
        return "has Amazon's own id, often of one region or term"
    if is_moving(id):
        return "its name moves from model to model"
    return None
