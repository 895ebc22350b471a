// Owns the laws of the C++ shim, tried by libFuzzer: any bytes give a whole tape or a status, and no read or write goes
// past what was handed over.
#include "CSimdJSON.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

namespace {

constexpr size_t kMaxBytes = 1 << 20;
constexpr size_t kMaxDepth = 64;

void require(bool holds, const char *what) {
  if (holds) return;
  std::fprintf(stderr, "a law does not hold: %s\n", what);
  std::abort();
}

/// Bytes in an allocation of their own, so that one byte too far is seen.
std::unique_ptr<uint8_t[]> copy(const uint8_t *bytes, size_t count) {
  std::unique_ptr<uint8_t[]> block(new uint8_t[count]);
  if (count > 0) std::memcpy(block.get(), bytes, count);
  return block;
}

/// The two scans against the plain reading of what they say they do. `readable` is where 16 bytes can be read from each
/// byte of the text on.
void check_scans(const uint8_t *text, size_t count, bool readable) {
  auto exact = copy(text, count);
  std::unique_ptr<uint8_t[]> out(new uint8_t[count]);
  size_t clean = 0;
  while (clean < count && exact[clean] >= 0x20 && exact[clean] != '"' && exact[clean] != '\\') clean++;
  size_t copied = csj_copy_clean(out.get(), exact.get(), count);
  require(copied == clean, "csj_copy_clean stops at the first byte to escape");
  require(copied == 0 || std::memcmp(out.get(), exact.get(), copied) == 0, "csj_copy_clean copies");
  if (!readable) return;
  bool any = false;
  for (size_t i = 0; i < count; i++) any = any || text[i] < 0x20 || text[i] == 0x7F;
  require(csj_any_control(text, count) == any, "csj_any_control finds what is there");
}

/// Walks a value as the decoders do and returns the node after it.
size_t walk(const csj_document &document, size_t node, size_t end, size_t depth) {
  require(node < end, "a node inside of its container");
  require(depth <= kMaxDepth + 1, "no deeper than allowed");
  uint64_t word = document.tape[node];
  uint64_t payload = word & 0x00FFFFFFFFFFFFFF;
  switch (static_cast<char>(word >> 56)) {
    case '{':
    case '[': {
      bool is_object = static_cast<char>(word >> 56) == '{';
      size_t next = static_cast<uint32_t>(payload);
      require(next > node + 1 && next <= end, "a container ends inside of its own");
      require(static_cast<char>(document.tape[next - 1] >> 56) == (is_object ? '}' : ']'), "and by its own bracket");
      size_t at = node + 1;
      while (at < next - 1) {
        if (is_object) {
          require(static_cast<char>(document.tape[at] >> 56) == '"', "a member begins with its name");
          at = walk(document, at, next - 1, depth + 1);
        }
        at = walk(document, at, next - 1, depth + 1);
      }
      require(at == next - 1, "the last value ends where its container does");
      return next;
    }
    case '"': {
      uint32_t length;
      const uint8_t *start = document.strings + payload;
      std::memcpy(&length, start, 4);
      require(start[4 + length] == 0, "a string ends with a NUL");
      volatile uint8_t sum = 0;
      for (size_t i = 0; i < 16; i++) sum = sum ^ start[4 + length + i];  // documented to be readable
      check_scans(start + 4, length, true);
      return node + 1;
    }
    case 'l':
    case 'u':
    case 'd':
      require(node + 2 <= end, "a number has its second word");
      return node + 2;
    case 't':
    case 'f':
    case 'n': return node + 1;
    default: require(false, "a type of node that simdjson documents"); return end;
  }
}

/// Kept from input to input, as a decoder keeps it; a status must not depend on what came before.
csj_parser *kept() {
  static csj_parser *parser = csj_create(kMaxBytes, kMaxDepth);
  return parser;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto exact = copy(data, size);
  check_scans(exact.get(), size, false);
  csj_document document{};
  csj_status status = csj_parse(kept(), exact.get(), size, &document);
  require(status >= csj_ok && status <= csj_no_memory, "a status there is");
  if (status == csj_ok) {
    require(static_cast<char>(document.tape[0] >> 56) == 'r', "a tape begins with its root");
    size_t end = document.tape[0] & 0x00FFFFFFFFFFFFFF;
    size_t after = walk(document, 1, end, 0);
    require(after == end - 1, "one value, and the root again");
  }
  // A small limit on the same text, and a fresh parser.
  csj_parser *small = csj_create(64, 4);
  require(small != nullptr, "a parser");
  csj_status limited = csj_parse(small, exact.get(), size, &document);
  bool has_mark = size >= 3 && std::memcmp(exact.get(), "\xEF\xBB\xBF", 3) == 0;
  if (size - (has_mark ? 3 : 0) > 64) require(limited == csj_too_large, "beyond the limit is too large");
  if (limited == csj_ok) require(status == csj_ok, "what fits the narrow limits fits the wide ones");
  csj_destroy(small);
  return 0;
}
