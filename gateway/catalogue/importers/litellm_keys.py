"""What the keys of LiteLLM's price list name.

A key is an id for LiteLLM: often the seller, a slash, and the seller's own id. This tells the keys that name a model so
that another source can know it from those that do not.
"""

import re
from typing import NamedTuple

from gateway.catalogue.importers.full_names import is_full_name, is_moving, is_variant
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

SELLERS = {
    "abliteration": "abliteration.ai",
    "aihubmix": "AIHubMix",
    "amazon_nova": "Nova",
    "anthropic": "Anthropic",
    "azure": "Azure",
    "azure_ai": "Azure",
    "azure_text": "Azure",
    "baseten": "Baseten",
    "bedrock": "Amazon Bedrock",
    "bedrock_converse": "Amazon Bedrock",
    "bedrock_mantle": "Amazon Bedrock",
    "bigmodel": "Zhipu AI",
    "cerebras": "Cerebras",
    "cloudflare": "Cloudflare Workers AI",
    "codestral": "Mistral",
    "cohere": "Cohere",
    "cohere_chat": "Cohere",
    "dashscope": "Alibaba",
    "databricks": "Databricks",
    "deepinfra": "Deep Infra",
    "deepseek": "DeepSeek",
    "fireworks_ai": "Fireworks AI",
    "friendliai": "Friendli",
    "gemini": "Google",
    "github_copilot": "GitHub Copilot",
    "gmi": "GMI Cloud",
    "gradient_ai": "DigitalOcean",
    "groq": "Groq",
    "inception": "Inception",
    "meta_llama": "Llama",
    "minimax": "MiniMax (minimax.io)",
    "mistral": "Mistral",
    "moonshot": "Moonshot AI",
    "morph": "Morph",
    "nebius": "Nebius Token Factory",
    "novita": "NovitaAI",
    "nvidia_nim": "Nvidia",
    "openai": "OpenAI",
    "opencode_go": "OpenCode Go",
    "ovhcloud": "OVHcloud AI Endpoints",
    "perplexity": "Perplexity",
    "qwen_ai_platform": "Alibaba",
    "sarvam": "Sarvam AI",
    "scaleway": "Scaleway",
    "snowflake": "Snowflake Cortex",
    "text-completion-codestral": "Mistral",
    "text-completion-inception": "Inception",
    "text-completion-openai": "OpenAI",
    "together_ai": "Together AI",
    "v0": "v0",
    "vercel_ai_gateway": "Vercel AI Gateway",
    "vertex_ai": "Vertex",
    "vertex_ai-anthropic_models": "Vertex (Anthropic)",
    "wandb": "Weights & Biases",
    "xai": "xAI",
    "xiaomi_mimo": "Xiaomi",
    "zai": "Z.AI",
}
"""By LiteLLM's name for a seller: how models.dev spells it, so that one seller is not counted as two.

Only sellers that both have for certain: `tencent` has prices of another service of Tencent than models.dev has, and
`ollama` is no Ollama Cloud.
"""

SIZES = re.compile(r"\d+-x-\d+")
REGION = re.compile(r"(us|us-gov|eu|au|jp|apac|global)\.")
AMAZON = ("bedrock", "sagemaker")


class Key(NamedTuple):
    """What a key names: a model with its full name, and its maker where the maker sells it; or why it names none."""

    name: str = ""
    maker: Maker | None = None
    reason: str | None = None


def seller_name(seller: str) -> str:
    """What a seller is called: as models.dev spells it or, where that has none, its maker's name or LiteLLM's own."""
    # Some sellers have a name for each part of what they sell: vertex_ai-zai_models, fireworks_ai-embedding-models.
    if name := SELLERS.get(seller) or SELLERS.get(seller.partition("-")[0]):
        return name
    return MAKERS[seller].name if seller in MAKERS else seller


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
    if is_variant(id):
        return Key(reason="its id names a variant behind the model, such as org/name:free")
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
