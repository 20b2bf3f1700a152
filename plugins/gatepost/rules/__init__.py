"""Judge: every release against every rule. One rule is one function, one code, one docstring."""
