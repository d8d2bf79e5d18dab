"""The Hub's tasks: what each is called in a sentence, what it is, and what it is about."""

from typing import Any

TEXT, AUDIO, VISION = "natural-language", "audio", "computer-vision"
MULTIMODAL, TABULAR, CONTROL = "multimodal", "tabular-data", "reinforcement-learning"

TASKS: dict[str, tuple[str, str]] = {
    "any-to-any": (MULTIMODAL, "turning inputs of several kinds into outputs of several kinds"),
    "audio-classification": (AUDIO, "putting a recording into one of several classes"),
    "audio-text-to-text": (MULTIMODAL, "answering with text to audio and text together"),
    "audio-to-audio": (AUDIO, "turning one recording into another"),
    "automatic-speech-recognition": (AUDIO, "writing down what is said in a recording"),
    "conversational": (TEXT, "answering in turn in a conversation"),
    "depth-estimation": (VISION, "telling how far away each part of an image is"),
    "document-question-answering": (MULTIMODAL, "answering questions about the image of a document"),
    "feature-extraction": (TEXT, "turning an input into numbers that other programs can work with"),
    "fill-mask": (TEXT, "guessing a word that is hidden in a text"),
    "graph-ml": ("graphs", "predicting something about graphs, their nodes or their edges"),
    "image-classification": (VISION, "putting an image into one of several classes"),
    "image-feature-extraction": (VISION, "turning an image into numbers that other programs can work with"),
    "image-segmentation": (VISION, "dividing an image into regions, down to single pixels"),
    "image-text-to-image": (MULTIMODAL, "making an image from an image and a text"),
    "image-text-to-text": (MULTIMODAL, "answering with text to images and text together"),
    "image-text-to-video": (MULTIMODAL, "making a video from an image and a text"),
    "image-to-3d": (VISION, "making a three-dimensional shape from an image"),
    "image-to-image": (VISION, "turning one image into another"),
    "image-to-text": (VISION, "describing or reading an image in text"),
    "image-to-video": (VISION, "making a video from an image"),
    "keypoint-detection": (VISION, "finding marked points, such as joints, in an image"),
    "mask-generation": (VISION, "marking the outlines of things in an image"),
    "multiple-choice": (TEXT, "choosing the right one of several answers"),
    "object-detection": (VISION, "finding things in an image and where they are"),
    "question-answering": (TEXT, "answering questions, often from a given text"),
    "reinforcement-learning": (CONTROL, "choosing actions that earn reward in an environment"),
    "robotics": (CONTROL, "controlling a robot"),
    "sentence-similarity": (TEXT, "telling how close two texts are in meaning"),
    "summarization": (TEXT, "making a text shorter and keeping what matters"),
    "table-question-answering": (TEXT, "answering questions about a table"),
    "table-to-text": (TEXT, "telling in text what a table says"),
    "tabular-classification": (TABULAR, "putting rows of a table into classes"),
    "tabular-regression": (TABULAR, "predicting a number for each row of a table"),
    "tabular-to-text": (TABULAR, "telling in text what structured data says"),
    "text-classification": (TEXT, "putting a text into one of several classes"),
    "text-generation": (TEXT, "continuing or answering a text with new text"),
    "text-ranking": (TEXT, "ordering texts by how well they answer a query"),
    "text-retrieval": (TEXT, "finding the texts that answer a query"),
    "text-to-3d": (VISION, "making a three-dimensional shape from a text"),
    "text-to-audio": (AUDIO, "making sound from a text"),
    "text-to-image": (VISION, "making an image from a text"),
    "text-to-speech": (AUDIO, "reading a text aloud"),
    "text-to-video": (VISION, "making a video from a text"),
    "text2text-generation": (TEXT, "turning one text into another"),
    "time-series-classification": (TABULAR, "putting a series of measurements into one of several classes"),
    "time-series-forecasting": (TABULAR, "predicting how a series of measurements goes on"),
    "token-classification": (TEXT, "giving each word of a text a label"),
    "translation": (TEXT, "putting a text into another language"),
    "unconditional-image-generation": (VISION, "making images without being told of what"),
    "video-classification": (VISION, "putting a video into one of several classes"),
    "video-text-to-text": (MULTIMODAL, "answering with text to video and text together"),
    "video-to-video": (VISION, "turning one video into another"),
    "visual-document-retrieval": (MULTIMODAL, "finding the pages of documents, as images, that answer a query"),
    "visual-question-answering": (MULTIMODAL, "answering questions about an image"),
    "voice-activity-detection": (AUDIO, "telling where in a recording someone speaks"),
    "zero-shot-classification": (TEXT, "putting a text into classes that were not known in training"),
    "zero-shot-image-classification": (VISION, "putting an image into classes that were not known in training"),
    "zero-shot-object-detection": (VISION, "finding things in an image of which no examples were given"),
}
"""By the Hub's name: what it is about, and what it is."""

WRITTEN = {"graph-ml": "machine learning on graphs", "image-to-3d": "image to 3D", "text-to-3d": "text to 3D"}
"""Names that are more than the Hub's name with spaces."""


def task_capability(task: str, *, data: bool = False) -> dict[str, Any]:
    """What the Hub lists a model for, as a capability; or, of `data`, what models can learn from it."""
    written = WRITTEN.get(task, task.replace("-", " "))
    about, meaning = TASKS.get(task, ("", ""))
    listed = f"The Hub lists it {'as data for' if data else 'for'} {written}"
    name = written[0].upper() + written[1:]
    return {
        "slug": task,
        "name": f"Data for {written}" if data else name,
        "description": f"{listed}: {meaning}." if meaning else f"{listed}.",
        "tags": [task, about] if about and about != task else [task],
    }
