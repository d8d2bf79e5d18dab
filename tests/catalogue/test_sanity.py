"""Common sense about ranks: bets on the most downloaded models, written down before their ranks were seen."""

from statistics import median
from typing import Any

import pytest

from tests.conftest import Server

BETS = [
    ("deepseek-ai/DeepSeek-R1", "farbodtavakkoli/OTel-2.0-LLM-31B-IT"),
    ("sentence-transformers/all-MiniLM-L6-v2", "Comfy-Org/stable-diffusion-v1-5-archive"),
    ("openai/gpt-oss-120b", "meta-llama/Prompt-Guard-86M"),
    ("openai/whisper-large-v3", "nvidia/Qwen3.6-35B-A3B-NVFP4"),
    ("meta-llama/Llama-3.1-8B-Instruct", "Qwen/Qwen2.5-0.5B-Instruct"),
    ("Qwen/Qwen3-8B", "Qwen/Qwen3-4B"),
    ("Qwen/Qwen3.5-9B", "Qwen/Qwen3.5-4B"),
    ("google/gemma-4-31B-it", "google/gemma-4-E4B-it"),
    ("google/gemma-4-31B-it", "google/gemma-3-1b-it"),
    ("BAAI/bge-m3", "BAAI/bge-reranker-v2-m3"),
    ("hexgrad/Kokoro-82M", "coqui/XTTS-v2"),
    ("openai/gpt-oss-20b", "farbodtavakkoli/OTel-2.0-LLM-31B-IT"),
    ("pyannote/speaker-diarization-3.1", "pyannote/segmentation-3.0"),
    ("Qwen/Qwen3.6-35B-A3B", "Qwen/Qwen3.6-35B-A3B-FP8"),
    ("Qwen/Qwen3.6-35B-A3B", "nvidia/Qwen3.6-35B-A3B-NVFP4"),
    ("Qwen/Qwen3.6-27B", "Qwen/Qwen3.5-4B"),
    ("deepseek-ai/DeepSeek-R1", "Qwen/Qwen3-4B"),
    ("openai/whisper-large-v3-turbo", "Qwen/Qwen3-ASR-1.7B"),
    ("sentence-transformers/all-MiniLM-L6-v2", "openai-community/gpt2"),
    ("hexgrad/Kokoro-82M", "Qwen/Qwen3-TTS-12Hz-1.7B-Base"),
    ("openai/gpt-oss-120b", "farbodtavakkoli/OTel-2.0-LLM-31B-IT"),
    ("Qwen/Qwen2.5-VL-7B-Instruct", "meta-llama/Prompt-Guard-86M"),
    ("meta-llama/Llama-3.1-8B-Instruct", "Comfy-Org/Wan_2.2_ComfyUI_Repackaged"),
    ("google/gemma-4-26B-A4B-it", "google/gemma-4-E2B-it"),
    ("MiniMaxAI/MiniMax-H3", "Comfy-Org/MiniMax-H3"),
    ("Qwen/Qwen3-8B", "unsloth/Qwen3-Coder-30B-A3B-Instruct-GGUF"),
    ("amazon/chronos-2", "farbodtavakkoli/OTel-2.0-LLM-31B-IT"),
    ("mistralai/Mistral-7B-Instruct-v0.3", "Qwen/Qwen2.5-0.5B-Instruct"),
    ("Qwen/Qwen3-0.6B", "Qwen/Qwen2.5-0.5B-Instruct"),
    ("Qwen/Qwen3-Embedding-0.6B", "BAAI/bge-reranker-v2-m3"),
]
"""The first of each pair should rank above the second. All are among the 50 most downloaded of 2026-08-22, but for two
smaller ones of their makers."""

LEAST_THAT_HOLD = 27
"""27 of the 30 hold. The others put a copy or a newer model above an older one that is better known."""

PAGE = """
query Page($after: String) {
  artifacts(first: 100, after: $after, filter: {availabilities: [AVAILABLE, GATED, PARTIAL, UNKNOWN, REMOVED]}) {
    pageInfo { hasNextPage endCursor }
    edges { node { slug kind availability rank { exact } signals { name value } } }
  }
}
"""


@pytest.fixture(scope="module")
def artifacts(server: Server) -> list[dict[str, Any]]:
    """All that ships, removed artifacts too."""
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = server.data(PAGE, after=after)["artifacts"]
        found += [edge["node"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


RANK = "query Rank($slug: String!) { artifact(slug: $slug) { rank { exact } } }"


def test_the_bets_hold(server: Server, artifacts: list[dict[str, Any]]) -> None:
    def rank(name: str) -> float:
        return float(server.data(RANK, slug=name)["artifact"]["rank"]["exact"])

    held = [better for better, other in BETS if rank(better) > rank(other)]
    assert len(BETS) >= 20
    assert len(held) >= LEAST_THAT_HOLD


def test_nothing_without_signals_ranks_above_the_median(artifacts: list[dict[str, Any]]) -> None:
    ranked = {artifact["slug"]: artifact["rank"]["exact"] for artifact in artifacts if artifact["rank"]}
    assert len(ranked) > 1_000
    middle = median(ranked.values())
    silent = [artifact["slug"] for artifact in artifacts if not artifact["signals"]]
    assert silent
    assert [slug for slug in silent if ranked.get(slug, 0) > middle] == []


def test_what_was_removed_says_so_and_is_in_no_list_by_default(server: Server, artifacts: list[dict[str, Any]]) -> None:
    removed = {artifact["slug"] for artifact in artifacts if artifact["availability"] == "REMOVED"}
    assert len(removed) >= 20
    total = server.data("{ artifacts { totalCount } }")["artifacts"]["totalCount"]
    assert total == len(artifacts) - len(removed)
