"""Wire form, signing, transport and answers; the only importer of httpx."""
