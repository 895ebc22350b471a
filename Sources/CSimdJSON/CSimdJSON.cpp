// Owns the shim: one DOM parser with its document and its padded input, no exception past the C functions.
#include "CSimdJSON.h"

#include <simdjson.h>

#include <cstring>
#include <memory>
#include <new>

namespace {

/// What a parser keeps between ordinary texts; a larger text grows it, `retired_after` smaller ones shrink it
/// again, so that one large text does not hold 16 times its size for ever.
constexpr size_t kept_capacity = 256 * 1024;
constexpr size_t retired_after = 256;

csj_status status_of(simdjson::error_code error) {
  switch (error) {
    case simdjson::SUCCESS: return csj_ok;
    case simdjson::EMPTY: return csj_empty;
    case simdjson::CAPACITY: return csj_too_large;
    case simdjson::DEPTH_ERROR: return csj_too_deep;
    case simdjson::UTF8_ERROR: return csj_invalid_utf8;
    case simdjson::STRING_ERROR:
    case simdjson::UNESCAPED_CHARS:
    case simdjson::UNCLOSED_STRING: return csj_invalid_string;
    case simdjson::NUMBER_ERROR:
    case simdjson::NUMBER_OUT_OF_RANGE: return csj_invalid_number;
    case simdjson::MEMALLOC: return csj_no_memory;
    default: return csj_invalid_json;
  }
}

}  // namespace

struct csj_parser {
  simdjson::dom::parser parser;
  simdjson::dom::document document;
  std::unique_ptr<char[]> input;
  size_t capacity = 0;
  size_t max_bytes;
  size_t max_depth;
  size_t small_texts = 0;

  csj_parser(size_t bytes, size_t depth) : parser(bytes), max_bytes(bytes), max_depth(depth) {}

  csj_status resize(size_t wanted) {
    capacity = 0;
    input.reset(new (std::nothrow) char[wanted + simdjson::SIMDJSON_PADDING]);
    if (!input) return csj_no_memory;
    if (auto error = parser.allocate(wanted, max_depth)) return status_of(error);
    if (auto error = document.allocate(wanted)) return status_of(error);
    capacity = wanted;
    return csj_ok;
  }

  csj_status fit(size_t length) {
    if (length > capacity) {
      size_t doubled = capacity * 2 < kept_capacity ? kept_capacity : capacity * 2;
      size_t wanted = length < doubled ? doubled : length;
      return resize(wanted < max_bytes ? wanted : max_bytes);
    }
    if (capacity > kept_capacity) {
      small_texts = length <= kept_capacity ? small_texts + 1 : 0;
      if (small_texts >= retired_after) {
        small_texts = 0;
        return resize(kept_capacity);
      }
    }
    return csj_ok;
  }
};

extern "C" csj_parser *csj_create(size_t max_bytes, size_t max_depth) {
  try {
    return new csj_parser(max_bytes, max_depth);
  } catch (...) {
    return nullptr;
  }
}

extern "C" void csj_destroy(csj_parser *parser) { delete parser; }

extern "C" csj_status csj_parse(csj_parser *self, const void *bytes, size_t length, csj_document *document) {
  if (length >= 3 && std::memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
    bytes = static_cast<const char *>(bytes) + 3;
    length -= 3;
  }
  if (length == 0) return csj_empty;
  if (length > self->max_bytes) return csj_too_large;
  try {
    if (auto status = self->fit(length)) return status;
    std::memcpy(self->input.get(), bytes, length);
    std::memset(self->input.get() + length, ' ', simdjson::SIMDJSON_PADDING);
    auto error = self->parser.parse_into_document(self->document, self->input.get(), length, false).error();
    if (error) return status_of(error);
  } catch (...) {
    return csj_no_memory;
  }
  document->tape = self->document.tape.get();
  document->strings = self->document.string_buf.get();
  return csj_ok;
}

extern "C" const char *csj_library_version(void) { return SIMDJSON_STRINGIFY(SIMDJSON_VERSION); }
