"""Text to records: who met, who said what, who undertook what, with the words that say so."""
