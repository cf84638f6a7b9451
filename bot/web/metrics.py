"""A few figures for Prometheus, in a registry of their own."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

FAST = (0.001, 0.002, 0.003, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0, 5.0)


class Metrics:
    """What an operator watches."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.sockets = Gauge("smelt_sockets", "Connected sockets", registry=self.registry)
        self.messages = Counter("smelt_messages", "Customer messages", ["outcome"], registry=self.registry)
        self.turns = Counter("smelt_turns", "Turns asked of the engine", ["outcome"], registry=self.registry)
        self.engine_seconds = Histogram("smelt_engine_seconds", "Time in the engine", registry=self.registry)
        self.web_seconds = Histogram(
            "smelt_web_seconds", "A turn's time outside the engine, without waiting for its turn",
            buckets=FAST, registry=self.registry,
        )  # fmt: skip
        self.engine_up = Gauge("smelt_engine_up", "Whether the engine is ready", registry=self.registry)
        self.errors = Counter("smelt_errors", "Errors of handlers", ["where"], registry=self.registry)
