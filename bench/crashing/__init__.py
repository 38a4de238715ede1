"""The parts of the crash benchmark: who sends, who kills, who counts."""
