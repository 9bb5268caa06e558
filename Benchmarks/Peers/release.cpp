// The release model of README.md as a hand-written event loop: release QUEUE REPLICAS RATE SECONDS
//   [--replications N] [--seed N] [--digest]
// QUEUE is binary-heap, 4-ary-heap or wheel. Prints one line of JSON.
#include <algorithm>
#include <bit>
#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

#include "draws.hpp"
#include "queues.hpp"

namespace {

constexpr std::uint32_t workers = 4;
constexpr double meanService = 280e6;  // Nanoseconds: seven tenths of the workers are busy.

struct Parameters {
  std::uint32_t replicas;
  double rate;
  Time horizon;
  std::uint64_t seed = 1;
  bool digest = false;
};

// Counts of latencies in buckets of equal ratio: 256 for every doubling, so that a quantile is known
// within 0.4 percent.
class Histogram {
 public:
  Histogram() : counts_(64 * 256) {}

  void add(Time value) { ++counts_[bucket(static_cast<std::uint64_t>(value))]; }

  // The lower end of the bucket in which the given share of all values is reached.
  Time quantile(double share) const {
    std::uint64_t total = 0, seen = 0;
    for (auto count : counts_) total += count;
    const auto rank = std::max<std::uint64_t>(
        1, static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(total))));
    for (std::size_t index = 0; index < counts_.size(); ++index) {
      seen += counts_[index];
      if (seen >= rank) return start(index);
    }
    return 0;
  }

 private:
  static std::size_t bucket(std::uint64_t value) {
    const int shift = std::max(0, static_cast<int>(std::bit_width(value)) - 9);
    return static_cast<std::size_t>(shift) * 256 + (value >> shift);
  }

  static Time start(std::size_t index) {
    if (index < 512) return static_cast<Time>(index);
    const auto shift = index / 256 - 1;
    return static_cast<Time>((index - shift * 256) << shift);
  }

  std::vector<std::uint64_t> counts_;
};

struct Outcome {
  std::uint64_t requests = 0, waitSum = 0, latencySum = 0, digest = 0;
  std::uint32_t present, peak;
  Histogram latencies;

  explicit Outcome(std::uint32_t replicas) : present(replicas), peak(replicas) {}

  void change(std::int32_t replicas) {
    present += static_cast<std::uint32_t>(replicas);
    peak = std::max(peak, present);
  }
};

// A replica: how many workers are busy, and who waits, as a list of places in the waiting room.
struct Station {
  std::uint32_t busy = 0;
  std::uint32_t first = ~0u, last = ~0u;
  bool leaves = false;
};

struct Waiting {
  Time arrival, service;
  std::uint64_t number;
  std::uint32_t next;
};

template <class Queue>
class Release {
 public:
  Release(const Parameters& parameters, std::uint32_t replication)
      : parameters_(parameters),
        spans_(parameters.seed, replication, 1),
        choices_(parameters.seed, replication, 2),
        queue_(parameters.rate),
        stations_(2 * parameters.replicas),
        endpoints_(parameters.replicas),
        outcome_(parameters.replicas) {
    for (std::uint32_t place = 0; place < parameters.replicas; ++place) endpoints_[place] = place;
  }

  Outcome run() {
    const Time begin = parameters_.horizon / 10;
    const Time pace = parameters_.horizon * 8 / 10 / parameters_.replicas;
    const Time startUp = parameters_.horizon / 60;
    std::uint32_t created = 0, ready = 0;
    const auto never = INT64_MAX;
    Time nextCreation = begin, nextReady = begin + startUp;
    Time arrival = 0;
    drawArrival(arrival);
    while (true) {
      const Time change = std::min(nextReady, nextCreation);
      const Time instant = std::min(arrival, change);
      finishUntil(instant);
      if (instant == never) break;
      if (change <= arrival) {
        if (nextReady <= nextCreation) {
          replace(ready++);
          nextReady = ready < parameters_.replicas ? begin + ready * pace + startUp : never;
        } else {
          outcome_.change(+1);
          ++created;
          nextCreation = created < parameters_.replicas ? begin + created * pace : never;
        }
      } else {
        admit(arrival);
        ++number_;
        drawArrival(arrival);
      }
    }
    outcome_.requests = number_;
    return std::move(outcome_);
  }

 private:
  // The instant at which request number_ arrives, and how long its service takes.
  void drawArrival(Time& arrival) {
    const auto [first, second] = spans_.words(number_);
    std::uint32_t further = 0;
    const double gap = exponential_(first, [&] { return spans_.further(number_, further++); });
    further = 256;
    const double service =
        exponential_(second, [&] { return spans_.further(number_, further++); });
    arrival += static_cast<Time>(gap * (1e9 / parameters_.rate));
    service_ = static_cast<Time>(service * meanService);
    if (arrival >= parameters_.horizon) arrival = INT64_MAX;
  }

  // Its place among the endpoints; four requests share a block, half a word each.
  std::size_t drawPlace() {
    const auto [first, second] = choices_.words(number_ >> 2);
    const auto word = (number_ & 2) == 0 ? first : second;
    const auto half = static_cast<std::uint32_t>(word >> ((number_ & 1) * 32));
    return std::uint64_t{half} * parameters_.replicas >> 32;
  }

  void admit(Time arrival) {
    const auto target = endpoints_[drawPlace()];
    Station& station = stations_[target];
    if (station.busy < workers) {
      ++station.busy;
      serve(target, number_, arrival, arrival, service_);
      return;
    }
    const auto seat = sit({arrival, service_, number_, ~0u});
    if (station.first == ~0u) {
      station.first = seat;
    } else {
      room_[station.last].next = seat;
    }
    station.last = seat;
  }

  void finishUntil(Time instant) {
    Event event;
    while (queue_.pop(instant, event)) {
      Station& station = stations_[event.station];
      if (const auto seat = station.first; seat != ~0u) {
        const auto [arrival, service, number, next] = room_[seat];
        station.first = next;
        room_[seat].next = freeSeat_;
        freeSeat_ = seat;
        serve(event.station, number, arrival, event.time, service);
      } else if (--station.busy == 0 && station.leaves) {
        outcome_.change(-1);
      }
    }
  }

  void serve(std::uint32_t station, std::uint64_t number, Time arrival, Time start, Time service) {
    queue_.push({start + service, station});
    const auto wait = start - arrival, latency = wait + service;
    outcome_.waitSum += static_cast<std::uint64_t>(wait);
    outcome_.latencySum += static_cast<std::uint64_t>(latency);
    outcome_.latencies.add(latency);
    if (parameters_.digest) outcome_.digest += mixed(number, latency);
  }

  // A new replica takes the place of an old one, which finishes what it holds.
  void replace(std::uint32_t place) {
    Station& old = stations_[endpoints_[place]];
    old.leaves = true;
    if (old.busy == 0) outcome_.change(-1);
    endpoints_[place] = parameters_.replicas + place;
  }

  std::uint32_t sit(Waiting waiting) {
    if (freeSeat_ == ~0u) {
      room_.push_back(waiting);
      return static_cast<std::uint32_t>(room_.size() - 1);
    }
    const auto seat = freeSeat_;
    freeSeat_ = room_[seat].next;
    room_[seat] = waiting;
    return seat;
  }

  // A number of which the sum over all requests changes when any latency does.
  static std::uint64_t mixed(std::uint64_t number, Time latency) {
    auto bits = (number * 0x9E3779B97F4A7C15u) ^ static_cast<std::uint64_t>(latency);
    bits = (bits ^ (bits >> 31)) * 0xD6E8FEB86659FD93u;
    return bits ^ (bits >> 32);
  }

  const Parameters parameters_;
  Draws spans_, choices_;
  ExponentialZiggurat exponential_;
  Queue queue_;
  std::vector<Station> stations_;
  std::vector<std::uint32_t> endpoints_;
  std::vector<Waiting> room_;
  std::uint32_t freeSeat_ = ~0u;
  std::uint64_t number_ = 0;
  Time service_ = 0;
  Outcome outcome_;
};

double processorSeconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <class Queue>
void play(const Parameters& parameters, std::uint32_t replications) {
  double seconds = 0;
  std::uint64_t requests = 0;
  std::printf("{\"replications\": [");
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    Release<Queue> release(parameters, replication);
    const double before = processorSeconds();
    const auto outcome = release.run();
    seconds += processorSeconds() - before;
    requests += outcome.requests;
    const double count = static_cast<double>(outcome.requests) * 1e9;
    std::printf(
        "%s{\"requests\": %" PRIu64 ", \"wait\": %.12g, \"latency\": %.12g, \"p50\": %.12g, "
        "\"p99\": %.12g, \"peak\": %u, \"digest\": \"%016" PRIx64 "\"}",
        replication == 0 ? "" : ", ", outcome.requests,
        static_cast<double>(outcome.waitSum) / count,
        static_cast<double>(outcome.latencySum) / count,
        static_cast<double>(outcome.latencies.quantile(0.5)) * 1e-9,
        static_cast<double>(outcome.latencies.quantile(0.99)) * 1e-9, outcome.peak,
        outcome.digest);
  }
  std::printf("], \"requests\": %" PRIu64 ", \"seconds\": %.6f}\n", requests, seconds);
}

[[noreturn]] void fail() {
  std::fprintf(
      stderr,
      "usage: release binary-heap|4-ary-heap|wheel REPLICAS RATE SECONDS "
      "[--replications N] [--seed N] [--digest]\n");
  std::exit(64);
}

}  // namespace

int main(int count, char** words) {
  if (count < 5) fail();
  const std::string queue = words[1];
  Parameters parameters{
      static_cast<std::uint32_t>(std::atoi(words[2])), std::atof(words[3]),
      static_cast<Time>(std::atof(words[4]) * 1e9)};
  std::uint32_t replications = 1;
  for (int index = 5; index < count; ++index) {
    if (std::strcmp(words[index], "--digest") == 0) {
      parameters.digest = true;
    } else if (index + 1 < count && std::strcmp(words[index], "--replications") == 0) {
      replications = static_cast<std::uint32_t>(std::atoi(words[++index]));
    } else if (index + 1 < count && std::strcmp(words[index], "--seed") == 0) {
      parameters.seed = std::strtoull(words[++index], nullptr, 10);
    } else {
      fail();
    }
  }
  if (parameters.replicas < 1 || parameters.rate <= 0 || parameters.horizon < 1) fail();
  if (queue == "binary-heap") {
    play<BinaryHeap>(parameters, replications);
  } else if (queue == "4-ary-heap") {
    play<QuaternaryHeap>(parameters, replications);
  } else if (queue == "wheel") {
    play<Wheel>(parameters, replications);
  } else {
    fail();
  }
}
