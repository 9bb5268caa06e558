// Event queues for the hand-written loop. Each takes events in any order and gives them back by time.
//
// `pop(limit, event)` takes the first event that is due at the limit or before it; false if there is
// none. The loop asks for no more than that, so that no queue has to look ahead.
#pragma once

#include <algorithm>
#include <cstdint>
#include <queue>
#include <vector>

using Time = std::int64_t;  // Nanoseconds.

struct Event {
  Time time;
  std::uint32_t station;
};

inline bool operator>(const Event& left, const Event& right) { return left.time > right.time; }

// The standard library's binary heap.
class BinaryHeap {
 public:
  explicit BinaryHeap(double /* eventsPerSecond */) {}

  void push(Event event) { events_.push(event); }

  bool pop(Time limit, Event& event) {
    if (events_.empty() || events_.top().time > limit) return false;
    event = events_.top();
    events_.pop();
    return true;
  }

 private:
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
};

// A heap of four children a node, which has half the levels.
class QuaternaryHeap {
 public:
  explicit QuaternaryHeap(double /* eventsPerSecond */) {}

  void push(Event event) {
    auto hole = events_.size();
    events_.push_back(event);
    while (hole > 0) {
      const auto parent = (hole - 1) / 4;
      if (events_[parent].time <= event.time) break;
      events_[hole] = events_[parent];
      hole = parent;
    }
    events_[hole] = event;
  }

  bool pop(Time limit, Event& event) {
    if (events_.empty() || events_.front().time > limit) return false;
    event = events_.front();
    const auto last = events_.back();
    events_.pop_back();
    if (!events_.empty()) sink(last);
    return true;
  }

 private:
  void sink(Event last) {
    Event* const heap = events_.data();
    const auto count = events_.size();
    std::size_t hole = 0;
    while (true) {
      const auto child = 4 * hole + 1;
      if (child >= count) break;
      auto least = child;
      if (child + 4 <= count) {
        // A tournament without branches: which of four is first cannot be predicted.
        const auto left = child + (heap[child + 1].time < heap[child].time);
        const auto right = child + 2 + (heap[child + 3].time < heap[child + 2].time);
        least = heap[right].time < heap[left].time ? right : left;
      } else {
        for (auto other = child + 1; other < count; ++other)
          if (heap[other].time < heap[least].time) least = other;
      }
      if (heap[least].time >= last.time) break;
      heap[hole] = heap[least];
      hole = least;
    }
    heap[hole] = last;
  }

  std::vector<Event> events_;
};

// A timing wheel whose slots are kept in order, that is a calendar of fixed width: R. Brown (1988),
// "Calendar queues", doi:10.1145/63039.63045, without the resizing, for the rate of events is known.
class Wheel {
 public:
  explicit Wheel(double eventsPerSecond) : slots_(slotCount, none) {
    // About one event a slot; a power of two, so that a shift finds the slot.
    while (static_cast<double>(Time{1} << shift_) < 1e9 / eventsPerSecond) ++shift_;
  }

  void push(Event event) {
    const auto slot = event.time >> shift_;
    if (slot - cursor_ >= slotCount) {
      far_.push(event);
      return;
    }
    auto& first = slots_[slot & (slotCount - 1)];
    auto before = none, after = first;
    while (after != none && nodes_[after].event.time < event.time) {
      before = after;
      after = nodes_[after].next;
    }
    const auto node = take({event, after});
    (before == none ? first : nodes_[before].next) = node;
    ++count_;
  }

  bool pop(Time limit, Event& event) {
    const auto last = limit >> shift_;
    while (count_ > 0 && cursor_ < last && slots_[cursor_ & (slotCount - 1)] == none) ++cursor_;
    auto node = count_ > 0 ? slots_[cursor_ & (slotCount - 1)] : none;
    if (!far_.empty() && (node == none || far_.top().time < nodes_[node].event.time)) {
      return popFar(limit, event);
    }
    if (node == none || nodes_[node].event.time > limit) return false;
    event = nodes_[node].event;
    slots_[cursor_ & (slotCount - 1)] = nodes_[node].next;
    nodes_[node].next = free_;
    free_ = node;
    --count_;
    return true;
  }

 private:
  struct Node {
    Event event;
    std::uint32_t next;
  };
  static constexpr std::uint32_t none = ~0u;
  static constexpr Time slotCount = 1 << 15;

  std::uint32_t take(Node content) {
    if (free_ == none) {
      nodes_.push_back(content);
      return static_cast<std::uint32_t>(nodes_.size() - 1);
    }
    const auto node = free_;
    free_ = nodes_[node].next;
    nodes_[node] = content;
    return node;
  }

  // An event that was beyond the wheel when it came: one in millions.
  bool popFar(Time limit, Event& event) {
    if (far_.top().time > limit) return false;
    event = far_.top();
    far_.pop();
    return true;
  }

  int shift_ = 0;
  Time cursor_ = 0;
  std::size_t count_ = 0;
  std::uint32_t free_ = none;
  std::vector<std::uint32_t> slots_;
  std::vector<Node> nodes_;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> far_;
};
