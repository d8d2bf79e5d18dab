"""Every setting of the gateway, in one typed class. The README's table is made from it."""

import os
from collections.abc import Mapping
from ipaddress import ip_network
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from gateway.addresses import HIDDEN, shown
from gateway.errors import UsageError

PREFIX = "GATEWAY_"
POSTGRESQL = ("postgresql://", "postgres://")


class Settings(BaseSettings):
    """What can be set, by environment variables that begin with GATEWAY_ and by options of the commands."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(
        8000, description="The port to listen on; 0 takes any free one."
    )
    database_url: str = Field(
        "sqlite:///gateway.db",
        description="Where the catalogue is: `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST/NAME`.",
    )
    read_database_url: str | None = Field(
        None,
        description="A replica of that PostgreSQL, from which the server answers; imports still go to the one above.",
    )
    pool_size: Annotated[int, Field(ge=1)] = Field(
        8, description="How many connections to PostgreSQL each process keeps open for requests."
    )
    pool_overflow: Annotated[int, Field(ge=0)] = Field(
        0, description="How many more it opens, for one request each, while all of those are in use."
    )
    pool_timeout_seconds: Annotated[float, Field(gt=0)] = Field(
        5.0, description="How long a request waits for a connection, in seconds, before it is refused as OVERLOADED."
    )
    workers: Annotated[int, Field(ge=1, le=64)] = Field(1, description="How many processes answer.")
    part_cache_mb: Annotated[int, Field(ge=0)] = Field(
        64, description="How many megabytes of artifacts, and of what answers say of them, each process keeps."
    )
    answer_cache_mb: Annotated[int, Field(ge=0)] = Field(
        64, description="How many megabytes of whole answers each process keeps."
    )
    max_body_bytes: Annotated[int, Field(ge=1)] = Field(100_000, description="The largest request body, in bytes.")
    max_tokens: Annotated[int, Field(ge=1)] = Field(2_000, description="The most tokens in a GraphQL document.")
    max_depth: Annotated[int, Field(ge=1)] = Field(16, description="How deep fields may be nested.")
    max_fields: Annotated[int, Field(ge=1)] = Field(1_000, description="The most fields, fragments spelled out.")
    max_items: Annotated[int, Field(ge=1)] = Field(
        10_000, description="The most items of lists that one operation may ask for, pages inside of pages."
    )
    max_aliases: Annotated[int, Field(ge=0)] = Field(50, description="The most aliases, fragments spelled out.")
    deadline_seconds: Annotated[float, Field(gt=0)] = Field(
        10.0, description="How long one request may take, in seconds, before it is ended."
    )

    record_searches: bool = Field(
        True, description="Whether searches and choices are recorded; clients that send `DNT` or `Sec-GPC` never are."
    )
    match_days: Annotated[int, Field(ge=1)] = Field(
        90, description="How many days recorded searches and choices are kept, and counted, before they are deleted."
    )
    rollup_seconds: Annotated[float, Field(gt=0)] = Field(
        60.0, description="How often counts are brought up to date with what was recorded, in seconds."
    )
    trusted_proxies: str = Field(
        "",
        description="Addresses or networks, with commas between them, that are believed when they say in "
        "`X-Forwarded-For` for whom they ask: clients are told apart by address.",
    )

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, names: str) -> str:
        for name in filter(None, names.split(",")):
            try:
                ip_network(name.strip())
            except ValueError:
                raise ValueError(f"{name.strip()} is neither an address nor a network such as 10.0.0.0/8") from None
        return names

    @property
    def proxies(self) -> list[str]:
        """The trusted proxies, one by one."""
        return [name.strip() for name in self.trusted_proxies.split(",") if name.strip()]

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", *POSTGRESQL)):
            raise ValueError("a database is sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME")
        return url

    @field_validator("read_database_url")
    @classmethod
    def _known_replica(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(POSTGRESQL):
            raise ValueError("a replica is postgresql://USER:PASSWORD@HOST/NAME")
        return url

    @model_validator(mode="after")
    def _replica_of_what(self) -> Self:
        if self.read_database_url and not self.database_url.startswith(POSTGRESQL):
            raise ValueError(
                f"{PREFIX}READ_DATABASE_URL is the address of a replica, and goes with a {PREFIX}DATABASE_URL that is "
                "postgresql://..."
            )
        return self

    @model_validator(mode="after")
    def _no_unknown_names(self) -> Self:
        known = {PREFIX + name.upper() for name in type(self).model_fields}
        unknown = sorted(name for name in os.environ if name.upper().startswith(PREFIX) and name.upper() not in known)
        if unknown:
            raise ValueError(f"{', '.join(unknown)}: no such setting; there are {', '.join(sorted(known))}")
        return self


def load_settings(**given: object) -> Settings:
    """The settings from the environment, with options that were given on the command line put over them.

    Raises UsageError that names each setting at fault, what was found and what would be right.
    """
    try:
        # Whether each is of its type is told by its validation.
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        raise UsageError("BAD_SETTING", "\n".join(_told(item) for item in error.errors())) from None


def _told(item: Mapping[str, Any]) -> str:
    message = str(item["msg"]).removeprefix("Value error, ")
    if not item["loc"]:
        return message
    name = str(item["loc"][0])
    found = shown(str(item["input"])) if name.endswith("database_url") else item["input"]
    what = "is no address" if found == HIDDEN else f"is {found!r}"
    return f"{PREFIX}{name.upper()} {what}: {message}"
