"""Decide: pure functions of facts and a clock that is passed in."""
