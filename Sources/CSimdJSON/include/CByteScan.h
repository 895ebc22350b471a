// Owns the two questions asked of every byte of text, sixteen at a time. In C because Swift's SIMD types take
// comparisons apart lane by lane (Swift 6.3); inlined into their callers, portable through vector extensions.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t csj_block __attribute__((vector_size(16)));

static inline bool csj_any(csj_block mask) {
  uint64_t words[2];
  memcpy(words, &mask, 16);
  return (words[0] | words[1]) != 0;
}

/// The quote, the backslash and U+0000…U+001F are what JSON strings must escape (RFC 8259 §7).
static inline bool csj_block_escapes(csj_block block) {
  return csj_any((csj_block)((block < 0x20) | (block == '"') | (block == '\\')));
}

/// Copies up to the first byte that must be escaped and returns how many. Reads and writes nothing beyond
/// `count`: what is shorter than a block goes in two overlapping halves.
static inline size_t csj_copy_clean(uint8_t *out, const uint8_t *text, size_t count) {
  size_t offset = 0;
  if (count >= 16) {
    for (;;) {
      csj_block block;
      memcpy(&block, text + offset, 16);
      if (csj_block_escapes(block)) break;
      memcpy(out + offset, &block, 16);
      offset += 16;
      if (offset == count) return count;
      if (offset + 16 > count) offset = count - 16;
    }
  } else if (count >= 8) {
    uint64_t halves[2];
    memcpy(&halves[0], text, 8);
    memcpy(&halves[1], text + count - 8, 8);
    csj_block block;
    memcpy(&block, halves, 16);
    if (!csj_block_escapes(block)) {
      memcpy(out, &halves[0], 8);
      memcpy(out + count - 8, &halves[1], 8);
      return count;
    }
  } else if (count >= 4) {
    uint32_t halves[4];
    memcpy(&halves[0], text, 4);
    memcpy(&halves[1], text + count - 4, 4);
    halves[2] = halves[3] = halves[0];
    csj_block block;
    memcpy(&block, halves, 16);
    if (!csj_block_escapes(block)) {
      memcpy(out, &halves[0], 4);
      memcpy(out + count - 4, &halves[1], 4);
      return count;
    }
  }
  for (; offset < count; offset++) {
    uint8_t byte = text[offset];
    if (byte < 0x20 || byte == '"' || byte == '\\') break;
    out[offset] = byte;
  }
  return offset;
}

/// Whether any byte is a control character of ASCII. Of `text`, 16 bytes must be readable from each of its
/// bytes on, as in a parsed document.
static inline bool csj_any_control(const uint8_t *text, size_t count) {
  static const csj_block indices = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  csj_block block;
  size_t offset = 0;
  for (; offset + 16 <= count; offset += 16) {
    memcpy(&block, text + offset, 16);
    if (csj_any((csj_block)((block < 0x20) | (block == 0x7F)))) return true;
  }
  if (offset == count) return false;
  memcpy(&block, text + offset, 16);
  csj_block inside = (csj_block)(indices < (uint8_t)(count - offset));
  return csj_any((csj_block)((block < 0x20) | (block == 0x7F)) & inside);
}
