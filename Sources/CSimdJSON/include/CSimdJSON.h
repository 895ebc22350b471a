// Owns the C door to the system's simdjson: parse bytes with full validation, hand out the tape.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "CByteScan.h"
#ifdef __cplusplus
extern "C" {
#endif

/// Why a text was not parsed; `csj_ok` when it was.
typedef enum {
  csj_ok = 0,
  csj_empty,
  csj_too_large,
  csj_too_deep,
  csj_invalid_utf8,
  csj_invalid_string,
  csj_invalid_number,
  csj_invalid_json,
  csj_no_memory,
} csj_status;

/// A parsed text, borrowed from its parser until its next call. The tape is simdjson's documented format
/// (doc/tape.md): one word per node, the type in its top byte. A string's payload is an offset into `strings`,
/// where a 32-bit length, the bytes and a NUL stand; at least 16 bytes after any string's first may be read.
typedef struct {
  const uint64_t *tape;
  const uint8_t *strings;
} csj_document;

typedef struct csj_parser csj_parser;

/// A parser with its buffers; NULL when out of memory. Texts above `max_bytes` or nested deeper than
/// `max_depth` are refused.
csj_parser *csj_create(size_t max_bytes, size_t max_depth);
void csj_destroy(csj_parser *parser);

/// Parses one text of `length` bytes, which need no padding and are not kept. Never throws. A byte order
/// mark at the start is skipped (RFC 8259 §8.1 allows it).
csj_status csj_parse(csj_parser *parser, const void *bytes, size_t length, csj_document *document);

/// The version of the headers this was compiled with, `3.0.1`.
const char *csj_library_version(void);

#ifdef __cplusplus
}
#endif
