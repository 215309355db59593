"""The benchmark harness: what we measure stands beside its limit, both measured in the same run."""
