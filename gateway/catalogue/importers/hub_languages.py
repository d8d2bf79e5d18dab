"""The languages of a model: the Hub gives them by code."""

from typing import Any

from gateway.catalogue.importers.wording import kebab, sentence_list

NAMES = {
    "af": "Afrikaans",
    "am": "Amharic",
    "ar": "Arabic",
    "az": "Azerbaijani",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "ca": "Catalan",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "fil": "Filipino",
    "fr": "French",
    "ga": "Irish",
    "gl": "Galician",
    "gu": "Gujarati",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "kk": "Kazakh",
    "km": "Khmer",
    "kn": "Kannada",
    "ko": "Korean",
    "la": "Latin",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mk": "Macedonian",
    "ml": "Malayalam",
    "mn": "Mongolian",
    "mr": "Marathi",
    "ms": "Malay",
    "mt": "Maltese",
    "my": "Burmese",
    "ne": "Nepali",
    "nl": "Dutch",
    "no": "Norwegian",
    "pa": "Punjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "yo": "Yoruba",
    "yue": "Cantonese",
    "zh": "Chinese",
    "zu": "Zulu",
}
"""By code; a code that is not here is written as it is."""
MOST_TAGS = 12


def language_capability(codes: list[str]) -> dict[str, Any] | None:
    """The languages that the Hub lists a model for, as a capability; None where it names no language."""
    named = [code for code in codes if code not in ("multilingual", "code")]
    if not named and "multilingual" not in codes:
        return None
    # Those that have a name here come first, so that a long list begins with what most readers look for.
    names = [NAMES[code] for code in named if code in NAMES] + [code for code in named if code not in NAMES]
    several = len(named) > 1 or "multilingual" in codes
    said = sentence_list(names) if names else "several languages, without naming them"
    tags = [tag for tag in map(kebab, names[:MOST_TAGS]) if tag]
    return {
        "slug": "languages",
        "name": "Several languages" if several else names[0],
        "description": f"The Hub lists it for {said}.",
        "tags": list(dict.fromkeys(["language", *(["multilingual"] if several else []), *tags])),
    }
