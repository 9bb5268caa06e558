// Random draws of the release model: Philox blocks by number, and exponential spans by ziggurat.
//
// Written anew from the papers, so that a mistake in the laboratory's own generator would show as a
// difference: Salmon, Moraes, Dror and Shaw (2011), doi:10.1145/2063384.2063405, and Marsaglia and
// Tsang (2000), doi:10.18637/jss.v005.i08.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

struct Block {
  std::uint64_t first, second;
};

// The Philox4x32-10 block of a counter of four words under a key of two.
inline Block philox(std::array<std::uint32_t, 4> counter, std::uint64_t seed) {
  auto [c0, c1, c2, c3] = counter;
  auto k0 = static_cast<std::uint32_t>(seed), k1 = static_cast<std::uint32_t>(seed >> 32);
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{c0} * 0xD2511F53u, b = std::uint64_t{c2} * 0xCD9E8D57u;
    c0 = static_cast<std::uint32_t>(b >> 32) ^ c1 ^ k0;
    c1 = static_cast<std::uint32_t>(b);
    c2 = static_cast<std::uint32_t>(a >> 32) ^ c3 ^ k1;
    c3 = static_cast<std::uint32_t>(a);
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  return {c0 | std::uint64_t{c1} << 32, c2 | std::uint64_t{c3} << 32};
}

// The words of one purpose, two for every number. Their blocks are computed many at a time, which
// compilers turn into vector instructions.
class Draws {
 public:
  Draws(std::uint64_t seed, std::uint32_t replication, std::uint32_t purpose)
      : seed_(seed), replication_(replication), purpose_(purpose | 1u << 31) {
    fill(0);
  }

  Block words(std::uint64_t number) {
    if (number - base_ >= batch) fill(number - number % batch);
    const auto place = number - base_;
    return {first_[place], second_[place]};
  }

  // Further words for the few numbers that need more than two.
  std::uint64_t further(std::uint64_t number, std::uint32_t index) const {
    const auto [first, second] = block(number, index / 2 + 1);
    return index % 2 == 0 ? first : second;
  }

 private:
  static constexpr std::uint64_t batch = 64;

  Block block(std::uint64_t number, std::uint32_t page) const {
    return philox({static_cast<std::uint32_t>(number),
                   static_cast<std::uint32_t>(number >> 32) | page << 24, purpose_, replication_},
                  seed_);
  }

  void fill(std::uint64_t base) {
    base_ = base;
    for (std::uint64_t place = 0; place < batch; ++place) {
      const auto [first, second] = block(base + place, 0);
      first_[place] = first;
      second_[place] = second;
    }
  }

  std::uint64_t seed_, base_ = 0;
  std::uint32_t replication_, purpose_;
  std::array<std::uint64_t, batch> first_, second_;
};

// Exponential quantities of mean 1 from 256 layers of equal area.
class ExponentialZiggurat {
 public:
  ExponentialZiggurat() {
    // Where the tail begins, and the area of a layer (their section 4, with 256 layers).
    const long double tail = 7.69711747013104972L, area = 0.0039496598225815571993L;
    edges_[0] = static_cast<double>(area / std::exp(-tail));
    long double edge = tail;
    edges_[1] = static_cast<double>(edge);
    for (int layer = 2; layer < 256; ++layer) {
      edge = -std::log(area / edge + std::exp(-edge));
      edges_[layer] = static_cast<double>(edge);
    }
    edges_[256] = 0;
    for (int layer = 0; layer <= 256; ++layer) heights_[layer] = std::exp(-edges_[layer]);
  }

  // `more` is called for the words of the one draw in fifty that leaves the layers' inner part.
  template <class More>
  double operator()(std::uint64_t word, More more) const {
    double offset = 0;
    while (true) {
      const auto layer = word & 255;
      const double x = unit(word) * edges_[layer];
      if (x < edges_[layer + 1]) return offset + x;
      if (layer == 0) {
        offset += edges_[1];  // The tail of an exponential law is an exponential law.
      } else {
        const double height =
            heights_[layer] + unit(more()) * (heights_[layer + 1] - heights_[layer]);
        if (height < std::exp(-x)) return offset + x;
      }
      word = more();
    }
  }

 private:
  static double unit(std::uint64_t word) {
    return static_cast<double>(static_cast<std::int64_t>(word >> 11)) * 0x1p-53;
  }

  std::array<double, 257> edges_, heights_;
};
