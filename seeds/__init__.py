"""The catalogue and the scorecard that the gateway ships with, read as package resources."""
