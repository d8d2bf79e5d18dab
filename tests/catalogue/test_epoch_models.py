"""Notable models become lines that say what Epoch AI says, and how sure it is."""

from pathlib import Path

import pytest

from gateway.catalogue.importers.epoch_models import ADAPTER, NEEDED
from tests.catalogue.conversions import converted, csv_file, facts, figures, said, sources

CREDIT = "Epoch AI, notable models (CC BY 4.0)"


def model(**more: str) -> dict[str, str]:
    """A row of a model, with what is given put over what is usual; `_` stands for a space in the name of a column."""
    return (
        dict.fromkeys(NEEDED, "")
        | {
            "Model": "Some Model 7B\n",
            "Organization": "Some Lab,Another Lab",
            "Publication date": "2025-12-31",
            "Domain": "Language,Vision",
            "Task": "Language modeling/generation,Speech recognition (ASR),Image classification",
            "Parameters": "256999999.99999997",
            "Training compute (FLOP)": "3.4e+23",
            "Training dataset": "PDB (Protein Data Bank, whole),C4",
            "Training dataset size (gradients)": "1,280,000",
            "Confidence": "Likely",
            "Link": "https://arxiv.org/abs/2501.00001",
            "Citations": "104.0",
            "Abstract": "A sentence that is not ours,\nover two lines.",
            "Training hardware": "NVIDIA A100",
            "Hardware quantity": "512.0",
            "Base model": "",
            "Finetune compute (FLOP)": "",
            "Model accessibility": "Open weights (unrestricted)",
        }
        | {key.replace("_", " "): value for key, value in more.items()}
    )


def test_a_model_as_most_are(tmp_path: Path) -> None:
    lines, left_out = converted(ADAPTER, csv_file(tmp_path / "x.gz", model()))
    line = lines["some-model-7b-2025"]
    data = line.canonical()
    assert (data["name"], data["kind"], data["publisher"]) == ("Some Model 7B", "MODEL", "Some Lab, Another Lab")
    assert (data["released_on"], data["homepage"]) == ("2025-12-31", "https://arxiv.org/abs/2501.00001")
    assert (data["availability"], data["license_use"]) == ("AVAILABLE", "OPEN")
    assert data["tasks"] == ["text-generation", "automatic-speech-recognition", "image-classification"]
    assert "license" not in data and "pricing" not in data and "aliases" not in data
    assert figures(line) == {"citations": 104}
    assert facts(line) == {
        "parameters": 257_000_000,
        "training_compute": 3.4e23,
        "training_dataset_size": 1_280_000,
        "training_hardware": ["NVIDIA A100"],
        "training_hardware_count": 512,
        "training_data": ["PDB (Protein Data Bank, whole)", "C4"],
        "domains": ["Language", "Vision"],
        "accessibility": "Open weights (unrestricted)",
        "confidence": "Likely",
    }
    assert sources(line) == {("2026-01-26", CREDIT), ("2026-01-26", f"{CREDIT}, confidence: Likely")}
    assert data["attributes"]["parameters"]["source"]["title"].endswith("Likely")
    assert said(line) == {
        "text-generation": "Epoch AI lists it for text generation: continuing or answering a text with new text.",
        "automatic-speech-recognition": "Epoch AI lists it for automatic speech recognition: writing down what is "
        "said in a recording.",
        "image-classification": "Epoch AI lists it for image classification: putting an image into one of several "
        "classes.",
        "domain": "Epoch AI has it under language and vision.",
        "open-weights": "Epoch AI has its weights as handed out for any use.",
        "training-data": "Epoch AI names PDB (Protein Data Bank, whole) and C4 as what it was trained on.",
    }
    assert left_out.parts == {"Abstract: the authors' own words": 1}


@pytest.mark.parametrize(
    ("stated", "availability", "use", "capability"),
    [
        ("Open weights (restricted use)", "AVAILABLE", "RESTRICTED", "open-weights"),
        ("Open weights (non-commercial)", "AVAILABLE", "NON_COMMERCIAL", "open-weights"),
        ("API access", "UNKNOWN", None, "api-access"),
        ("Hosted access (no API)", "UNKNOWN", None, "hosted-access"),
        ("Unreleased", "UNKNOWN", None, None),
        ("", "UNKNOWN", None, None),
        ("Something new", "UNKNOWN", None, None),
    ],
)
def test_access(tmp_path: Path, stated: str, availability: str, use: str | None, capability: str | None) -> None:
    lines, left_out = converted(ADAPTER, csv_file(tmp_path / "x.gz", model(Model_accessibility=stated)))
    line = lines["some-model-7b-2025"]
    assert (line.availability, line.license_use) == (availability, use)
    found = said(line).keys() & {"open-weights", "api-access", "hosted-access"}
    assert found == ({capability} if capability else set())
    assert left_out.parts["Model accessibility: no word that is known here"] == (stated == "Something new")


@pytest.mark.parametrize(
    ("base", "compute", "kind", "sentence"),
    [
        ("A,B 7B", "5.67e+21", "FINE_TUNE", "Epoch AI has it as fine-tuned from A and B 7B."),
        ("A", "", "MODEL", "Epoch AI names A as base, without figures of a fine-tuning."),
        ("A", "0.0", "MODEL", "Epoch AI names A as base, without figures of a fine-tuning."),
        ("", "5.67e+21", "MODEL", None),
    ],
)
def test_kind(tmp_path: Path, base: str, compute: str, kind: str, sentence: str | None) -> None:
    row = model(Base_model=base) | {"Finetune compute (FLOP)": compute}
    lines, _ = converted(ADAPTER, csv_file(tmp_path / "x.gz", row))
    line = lines["some-model-7b-2025"]
    assert line.kind == kind
    assert (said(line).get("fine-tune") or said(line).get("base-model")) == sentence


@pytest.mark.parametrize(
    ("link", "homepage", "aliases"),
    [
        ("https://huggingface.co/lab/Some-Model-7b", "https://huggingface.co/lab/Some-Model-7b", ["lab/Some-Model-7b"]),
        ("https://a.org/1, https://huggingface.co/a/Some-Model-7B", "https://a.org/1", ["a/Some-Model-7B"]),
        ("https://huggingface.co/lab/some-model-7b-chat", "https://huggingface.co/lab/some-model-7b-chat", []),
        ("https://huggingface.co/lab", "https://huggingface.co/lab", []),
        ("arxiv.org/abs/2501.14818", "https://arxiv.org/abs/2501.14818", []),
        ("https://example.org/ (LINK BROKEN)", None, []),
        ("nowhere", None, []),
    ],
)  # fmt: skip
def test_links(tmp_path: Path, link: str, homepage: str | None, aliases: list[str]) -> None:
    lines, left_out = converted(ADAPTER, csv_file(tmp_path / "x.gz", model(Link=link)))
    line = lines["some-model-7b-2025"]
    assert (line.homepage, line.aliases) == (homepage, aliases)
    assert left_out.parts["Link: no address, or said to be broken"] == (homepage is None)
    assert any("another name on the Hub" in part for part in left_out.parts) == link.endswith("chat")


@pytest.mark.parametrize("size", ["2260275840,2290000001", "-4", "about 10", "0.0"])
def test_figures_that_are_not_clear(tmp_path: Path, size: str) -> None:
    row = model() | {"Training dataset size (gradients)": size}
    lines, left_out = converted(ADAPTER, csv_file(tmp_path / "x.gz", row))
    assert "training_dataset_size" not in facts(lines["some-model-7b-2025"])
    assert left_out.parts["Training dataset size (gradients): 0, several figures or none, so unknown"] == 1


def test_citations(tmp_path: Path) -> None:
    rows = [model(Model=name, Citations=count) for name, count in (("A", "0.0"), ("B", ""), ("C", "1.5"))]
    lines, left_out = converted(ADAPTER, csv_file(tmp_path / "x.gz", *rows))
    assert [figures(line) for line in lines.values()] == [{"citations": 0}, {}, {}]
    assert left_out.parts["Citations: no count"] == 1


def test_names_that_several_models_have(tmp_path: Path) -> None:
    rows = [
        model(Model="Thing"),
        model(Model="Thing++"),
        model(Model="Thing", Organization="Elsewhere"),
        model(Model="Thing", Publication_date="2019-01-01"),
        model(Model="Thing", Citations="7.0"),
    ]
    found = []
    for order in (rows, rows[::-1]):
        lines, left_out = converted(ADAPTER, csv_file(tmp_path / "x.gz", *order))
        assert left_out.records == {"is about the model of another row": 1}
        found.append({slug: line.canonical() for slug, line in lines.items()})
    assert found[0] == found[1]
    assert len(found[0]) == 4
    assert "thing-2019" in found[0]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (model(Model=" \n"), "has no name"),
        (model(Publication_date="1 May 2020"), "Publication date is no day up to 2026-01-26"),
        (model(Publication_date=""), "Publication date is no day up to 2026-01-26"),
        (model(Publication_date="2026-02-01"), "Publication date is no day up to 2026-01-26"),
    ],
)
def test_rows_that_cannot_be_taken(tmp_path: Path, row: dict[str, str], reason: str) -> None:
    lines, left_out = converted(ADAPTER, csv_file(tmp_path / "x.gz", row))
    assert (lines, left_out.records) == ({}, {reason: 1})


def test_what_says_nothing_is_told(tmp_path: Path) -> None:
    row = model(Domain="Other", Training_dataset="Unspecified unreleased", Organization="")
    row["Organization"] = ",".join(f"A Very Long Name {number}" for number in range(30))
    lines, left_out = converted(ADAPTER, csv_file(tmp_path / "x.gz", row))
    assert lines["some-model-7b-2025"].publisher is None
    assert not {"domain", "training-data"} & said(lines["some-model-7b-2025"]).keys()
    assert {part.partition(":")[0] for part in left_out.parts} == {
        "Abstract", "Domain", "Organization", "Training dataset",
    }  # fmt: skip
