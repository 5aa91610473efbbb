"""The links of pages and registers: found when something is published, asked at night whether they still lead on."""
