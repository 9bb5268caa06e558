"""The release model of README.md in SimPy: release.py VARIANT REPLICAS RATE SECONDS
[--replications N] [--seed N]

VARIANT is `resource` (a process a request and a Resource a replica, as SimPy's own examples do it) or
`callbacks` (no process and no Resource: a queue of our own, and timeouts with a callback). Prints one
line of JSON.
"""

import argparse
import collections
import json
import math
import random
import time

import simpy

WORKERS = 4
MEAN_SERVICE = 0.28  # Seconds: seven tenths of the workers are busy.


class Histogram:
    """Counts in buckets of equal ratio: 256 for every doubling of the nanoseconds."""

    def __init__(self):
        self.counts = collections.Counter()

    def add(self, seconds):
        value = int(seconds * 1e9)
        shift = max(0, value.bit_length() - 9)
        self.counts[shift * 256 + (value >> shift)] += 1

    def quantile(self, share):
        """The lower end, in seconds, of the bucket in which the share of all values is reached."""
        rank = max(1, math.ceil(share * self.counts.total()))
        for index in sorted(self.counts):
            rank -= self.counts[index]
            if rank <= 0:
                shift = max(0, index // 256 - 1)
                return ((index - shift * 256) << shift) * 1e-9
        return 0.0


class Release:
    """What both variants share: arrivals, endpoints, the rolling update and what is measured."""

    def __init__(self, replicas, rate, horizon, seed):
        self.environment = simpy.Environment()
        self.random = random.Random(seed)
        self.replicas = replicas
        self.rate = rate
        self.horizon = horizon
        self.endpoints = [self.replica() for _ in range(replicas)]
        self.requests = 0
        self.waits = 0.0
        self.latencies_sum = 0.0
        self.latencies = Histogram()
        self.present = self.peak = replicas

    def run(self):
        self.environment.process(self.arrivals())
        self.environment.process(self.rolling_update())
        self.environment.run()

    def arrivals(self):
        """Requests come at random, and each goes to a replica at random."""
        environment, draws, rate = self.environment, self.random, self.rate
        while True:
            yield environment.timeout(draws.expovariate(rate))
            if environment.now >= self.horizon:
                return
            self.requests += 1
            endpoint = self.endpoints[int(draws.random() * self.replicas)]
            self.admit(endpoint, draws.expovariate(1 / MEAN_SERVICE))

    def rolling_update(self):
        """A new replica is created at every beat of the pace, and replaces an old one when ready."""
        begin, pace = self.horizon / 10, self.horizon * 0.8 / self.replicas
        for place in range(self.replicas):
            yield self.environment.timeout(begin + place * pace - self.environment.now)
            self.change(+1)
            self.environment.process(self.start(place))

    def start(self, place):
        yield self.environment.timeout(self.horizon / 60)
        old = self.endpoints[place]
        self.endpoints[place] = self.replica()
        self.retire(old)

    def change(self, replicas):
        self.present += replicas
        self.peak = max(self.peak, self.present)

    def record(self, wait, latency):
        self.waits += wait
        self.latencies_sum += latency
        self.latencies.add(latency)

    def outcome(self):
        return {
            "requests": self.requests,
            "wait": self.waits / self.requests,
            "latency": self.latencies_sum / self.requests,
            "p50": self.latencies.quantile(0.5),
            "p99": self.latencies.quantile(0.99),
            "peak": self.peak,
        }


class ResourceRelease(Release):
    """One process a request, one Resource a replica."""

    def replica(self):
        return simpy.Resource(self.environment, capacity=WORKERS)

    def admit(self, resource, service):
        self.environment.process(self.request(resource, service))

    def request(self, resource, service):
        arrival = self.environment.now
        with resource.request() as turn:
            yield turn
            wait = self.environment.now - arrival
            yield self.environment.timeout(service)
            self.record(wait, self.environment.now - arrival)
        if getattr(resource, "leaves", False) and resource.count == 0:
            self.change(-1)

    def retire(self, resource):
        resource.leaves = True
        if resource.count == 0:
            self.change(-1)


class Station:
    """A replica as a counter and a queue."""

    __slots__ = ("busy", "waiting", "leaves")

    def __init__(self):
        self.busy = 0
        self.waiting = collections.deque()
        self.leaves = False


class CallbackRelease(Release):
    """A timeout a service, whose callback begins the next one."""

    def replica(self):
        return Station()

    def admit(self, station, service):
        if station.busy < WORKERS:
            station.busy += 1
            self.serve(station, self.environment.now, service)
        else:
            station.waiting.append((self.environment.now, service))

    def serve(self, station, arrival, service):
        wait = self.environment.now - arrival
        self.record(wait, wait + service)
        end = self.environment.timeout(service, station)
        end.callbacks.append(self.finish)

    def finish(self, end):
        station = end.value
        if station.waiting:
            self.serve(station, *station.waiting.popleft())
            return
        station.busy -= 1
        if station.leaves and station.busy == 0:
            self.change(-1)

    def retire(self, station):
        station.leaves = True
        if station.busy == 0:
            self.change(-1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("variant", choices=["resource", "callbacks"])
    parser.add_argument("replicas", type=int)
    parser.add_argument("rate", type=float)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--replications", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    variant = ResourceRelease if words.variant == "resource" else CallbackRelease
    outcomes, seconds = [], 0.0
    for replication in range(words.replications):
        release = variant(
            words.replicas, words.rate, words.seconds, words.seed * 1_000_003 + replication
        )
        before = time.process_time()
        release.run()
        seconds += time.process_time() - before
        outcomes.append(release.outcome())
    requests = sum(outcome["requests"] for outcome in outcomes)
    print(json.dumps({"replications": outcomes, "requests": requests, "seconds": seconds}))


if __name__ == "__main__":
    main()
