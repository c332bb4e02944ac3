"""The pieces of a glossary: entries, terms and definitions, note marks."""
