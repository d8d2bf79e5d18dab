"""GraphiQL in a browser that reaches nothing but the gateway."""

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.conftest import Server

pytestmark = pytest.mark.on_sqlite


def test_graphiql_runs_the_query_it_opens_with(browser: webdriver.Chrome, server: Server) -> None:
    browser.get(f"{server.url}/graphql")
    wait = WebDriverWait(browser, 30)
    wait.until(lambda page: page.find_element(By.CSS_SELECTOR, ".graphiql-execute-button")).click()
    wait.until(lambda page: "Fine-tune" in page.find_element(By.CSS_SELECTOR, ".result-window").text)
    addresses = browser.execute_script("return performance.getEntriesByType('resource').map(entry => entry.name)")
    assert len(addresses) > 5
    assert [address for address in addresses if not address.startswith((server.url, "data:"))] == []
    log: list[dict[str, str]] = browser.execute("getLog", {"type": "browser"})["value"]
    assert [entry for entry in log if entry["level"] == "SEVERE"] == []


def test_a_query_in_the_address_is_opened(browser: webdriver.Chrome, server: Server) -> None:
    browser.get(f"{server.url}/graphql?query=%7Bcatalogue%7BartifactCount%7D%7D")
    shown = WebDriverWait(browser, 30).until(lambda page: page.find_element(By.CSS_SELECTOR, ".graphiql-query-editor"))
    WebDriverWait(browser, 30).until(lambda _: "artifactCount" in shown.text)
