"""The categories and labels of best-of-ml-python: what each is called in a sentence, and what it is about."""

from typing import Any

from gateway.catalogue.importers.wording import capability, kebab, sentence_list

LIST = "best-of-ml-python"
CATEGORIES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "adversarial": ("adversarial robustness", "attacking models, and making them withstand it", ("security",)),
    "audio": ("audio data", "reading, analysing and making sound", ()),
    "chinese-nlp": ("Chinese text", "working on text in Chinese", ("natural-language", "chinese")),
    "data-containers": ("data containers", "holding data in memory and moving it", ("data-structures",)),
    "data-loading": ("data loading", "reading data out of files and services", ("data-extraction",)),
    "data-pipelines": ("data pipelines", "running the steps that data goes through", ("workflow",)),
    "data-viz": ("data visualisation", "showing data as charts and pictures", ("visualisation", "charts")),
    "db-clients": ("database clients", "talking to databases", ("databases",)),
    "distributed-ml": ("distributed machine learning", "spreading work over many machines", ("distributed-computing",)),
    "financial-data": ("financial data", "working on prices, markets and portfolios", ("finance",)),
    "geospatial-data": ("geospatial data", "working on maps and places", ("geospatial",)),
    "gpu-utilities": ("GPU utilities", "computing on graphics processors and watching them", ("gpu",)),
    "graph": ("graph data", "working on networks of nodes and edges", ("graphs", "graph-ml")),
    "hyperopt": (
        "hyperparameter optimisation and AutoML",
        "finding settings, features and models by trying them out",
        ("hyperparameter-optimisation", "automl"),
    ),
    "image": ("image data", "working on pictures and videos", ("computer-vision",)),
    "interpretability": ("model interpretability", "seeing why a model answers as it does", ("explainability",)),
    "jax-utils": ("JAX utilities", "adding to what JAX does", ("jax",)),
    "medical-data": ("medical data", "working on data from medicine and biology", ("medicine",)),
    "ml-experiments": ("workflow and experiment tracking", "keeping track of runs, data and models", ("mlops",)),
    "ml-frameworks": ("machine learning frameworks", "building and training models", ("machine-learning", "training")),
    "model-serialisation": (
        "model serialisation and deployment",
        "storing, converting and serving trained models",
        ("serving", "model-conversion"),
    ),
    "nlp": ("text data and natural language", "working on text and language", ("natural-language",)),
    "nn-search": ("nearest neighbour search", "finding the vectors that are closest to one", ("vector-search",)),
    "ocr": ("optical character recognition", "reading text out of images", ("computer-vision", "image-to-text")),
    "privacy-ml": ("privacy in machine learning", "learning without laying data open", ("privacy",)),
    "probabilistics": ("probabilistics and statistics", "modelling what is uncertain", ("statistics",)),
    "pytorch-utils": ("PyTorch utilities", "adding to what PyTorch does", ("pytorch",)),
    "recommender-systems": ("recommender systems", "suggesting what someone may want", ("recommendation",)),
    "reinforcement-learning": ("reinforcement learning", "learning which actions earn reward", ()),
    "sklearn-utils": ("scikit-learn utilities", "adding to what scikit-learn does", ("scikit-learn",)),
    "tabular": ("tabular data", "learning from tables", ("tabular-data",)),
    "tensorflow-utils": ("TensorFlow utilities", "adding to what TensorFlow does", ("tensorflow",)),
    "time-series-data": ("time series", "working on measurements over time", ("time-series-forecasting",)),
    "web-scraping": ("web scraping", "collecting data from web pages", ("data-extraction",)),
}
"""By the list's name: what it is called in a sentence, what it is about, and words to find it by."""
SAYS_NOTHING = frozenset({"others"})

LABELS = {
    "huggingface": "Hugging Face",
    "jax": "JAX",
    "jupyter": "Jupyter",
    "keras": "Keras",
    "mxnet": "MXNet",
    "paddle": "PaddlePaddle",
    "pandas": "pandas",
    "pytorch": "PyTorch",
    "sklearn": "scikit-learn",
    "spacy": "spaCy",
    "spark": "Spark",
    "tensorflow": "TensorFlow",
    "xgboost": "XGBoost",
}
"""What the list marks projects as belonging with, and how it is written."""


def category_capability(category: str) -> dict[str, Any]:
    """What the list has a project under, as a capability."""
    written, about, tags = CATEGORIES.get(category, (category.replace("-", " "), "", ()))
    listed = f"{LIST} lists it under {written}"
    name = written[0].upper() + written[1:]
    return capability(category, name, f"{listed}: {about}." if about else f"{listed}.", [category, *tags])


def label_capability(labels: list[str]) -> dict[str, Any]:
    """What the list marks a project as belonging with, as a capability."""
    written = sentence_list([LABELS[label] for label in labels])
    tags = [kebab(LABELS[label]) for label in labels]
    return capability("ecosystem", f"Belongs with {written}", f"{LIST} marks it as belonging with {written}.", tags)
