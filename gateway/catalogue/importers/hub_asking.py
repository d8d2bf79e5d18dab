"""Asks the Hugging Face Hub for one model or dataset, and says in a sentence why there is no answer.

The `huggingface_hub` library knows where the Hub is (`HF_ENDPOINT`) and who asks (its token); it is an optional extra.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gateway.errors import GatewayError, SourceError, UsageError

if TYPE_CHECKING:
    from huggingface_hub import DatasetInfo, HfApi, ModelInfo
    from huggingface_hub.errors import HfHubHTTPError

TIMEOUT = 20.0
"""How long one answer may take, in seconds."""
DATASETS = "datasets/"
"""What stands before the id of a dataset, in the Hub's addresses too."""


def hub_api() -> "HfApi":
    """The Hub. Raises UsageError where the library for it is not installed."""
    try:
        from huggingface_hub import HfApi
    except ImportError:
        text = "The Hub is asked through huggingface_hub: pip install 'comparison-gateway[hub]' installs it."
        raise UsageError("HUB_NOT_INSTALLED", text) from None
    return HfApi(library_name="comparison-gateway")


def ask(api: "HfApi", name: str) -> "ModelInfo | DatasetInfo":
    """What the Hub says of a model, or of a dataset where `datasets/` stands before its id.

    Raises UsageError where the id is wrong or not to be had, and SourceError where the Hub does not answer.
    """
    with _explained(api, name):
        if name.startswith(DATASETS):
            return api.dataset_info(name.removeprefix(DATASETS), timeout=TIMEOUT)
        return api.model_info(name, timeout=TIMEOUT)


@contextmanager
def _explained(api: "HfApi", name: str) -> Iterator[None]:
    from httpx2 import HTTPError, InvalidURL, TimeoutException
    from huggingface_hub.errors import (
        DisabledRepoError,
        GatedRepoError,
        HfHubHTTPError,
        HFValidationError,
        RepositoryNotFoundError,
    )

    try:
        yield
    except HFValidationError:
        text = f"{name} is no id of the Hub; right would be AUTHOR/NAME, and datasets/AUTHOR/NAME for a dataset."
        raise UsageError("BAD_HUB_ID", text) from None
    except GatedRepoError:
        text = f"{name} is gated, and the Hub does not show it to you; `hf auth login` with an account that has access."
        raise UsageError("HUB_GATED", text) from None
    except DisabledRepoError:
        raise disabled(name) from None
    except RepositoryNotFoundError:
        raise _not_found(name) from None
    except HfHubHTTPError as error:
        raise _refused(name, error) from None
    except TimeoutException:
        raise SourceError("HUB_TIMEOUT", f"{api.endpoint} did not answer in {TIMEOUT:g} s for {name}.") from None
    except (HTTPError, InvalidURL, OSError) as error:
        text = f"{api.endpoint} cannot be reached for {name}: {str(error) or type(error).__name__}"
        raise SourceError("HUB_UNREACHABLE", text) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        text = f"{api.endpoint} did not answer as the Hub does for {name}: {type(error).__name__}: {error}"
        raise SourceError("HUB_ODD_ANSWER", text) from None


def disabled(name: str) -> UsageError:
    """What is raised for what the Hub keeps and hands out to nobody."""
    return UsageError("HUB_DISABLED", f"The Hub has disabled {name}; leave it out.")


def _not_found(name: str) -> UsageError:
    text = f"The Hub shows no {name}: it is removed, or private, or never was. A dataset is named datasets/ID."
    return UsageError("HUB_NOT_FOUND", text)


def _refused(name: str, error: "HfHubHTTPError") -> GatewayError:
    status, wait = error.response.status_code, error.response.headers.get("Retry-After")
    # The Hub says 401 of what is private too; the library knows that only of addresses with https.
    if status == 401 and "credentials" not in (error.server_message or ""):
        return _not_found(name)
    if status == 429:
        again = f"try again in {wait} s" if wait else "try again later"
        return SourceError("HUB_RATE_LIMIT", f"The Hub takes no more requests for now, at {name}; {again}.")
    if status in (401, 403):
        text = f"The Hub does not let you see {name} (status {status}); look at your token with `hf auth whoami`."
        return SourceError("HUB_FORBIDDEN", text)
    return SourceError("HUB_FAILED", f"The Hub answered {name} with status {status}.")
