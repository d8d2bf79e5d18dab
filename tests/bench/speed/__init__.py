"""How fast the gateway answers, beside stock Strawberry and a bare server: `python -m tests.bench.speed`."""
