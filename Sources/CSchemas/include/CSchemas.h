// Owns the C door to the embedded contract files.
#pragma once
#include <stddef.h>

/// One file: its name without a folder, its bytes. Both live as long as the program.
typedef struct {
  const char *name;
  const unsigned char *bytes;
  size_t count;
} cschemas_file;

size_t cschemas_count(void);
/// The file at an index below the count; beyond it one without bytes.
cschemas_file cschemas_get(size_t index);
