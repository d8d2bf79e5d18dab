"""Tags that need a rule of their own, because of what sort of thing they say."""

BROAD = frozenset(
    {
        "audio",
        "computer-vision",
        "evaluation",
        "inference",
        "multimodal",
        "natural-language",
        "python",
        "reinforcement-learning",
        "tabular-data",
        "tool",
        "training",
    }
)
"""Tags that name a field of work and not a job: two tasks of one field need not have anything to do with each other.
Where capabilities are aligned, they count half."""

PACKAGING = frozenset(
    {
        # What it runs on.
        *("runtime", "bun", "deno", "docker", "dotnet", "go", "java", "node-js", "php", "python", "ruby", "rust"),
        # Where it is installed from, and what has to be set.
        *("install", "apt", "cargo", "conda", "docker-hub", "homebrew", "maven", "npm", "nuget", "pypi"),
        "configuration",
        # The form of its files, and what loads them.
        *("file-format", "diffusion-single-file", "ggml", "gguf", "mlx", "onnx", "safetensors"),
        *("model-loading", "diffusers", "llama-cpp", "peft", "sentence-transformers", "sglang", "transformers", "vllm"),
        *("quantisation", "1-bit", "2-bit", "3-bit", "4-bit", "5-bit", "6-bit", "8-bit"),
        # How it is handed out.
        *("api-access", "hosted", "open-weights", "self-hosting"),
        # Which question a capability answers, where the answer is another tag.
        *("context-window", "fine-tuning", "language", "training-data"),
    }
)
"""Tags that say how a thing is packaged and not what it does: nobody looks for another thing because it is written in
the same language. They are no topics, by which alternatives are found. Where capabilities are aligned, they count
whole: how two things are packaged is then a question that both answer."""
