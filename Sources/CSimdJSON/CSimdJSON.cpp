#include "CSimdJSON.h"
#include <simdjson.h>
const char *csj_library_version(void) { return SIMDJSON_STRINGIFY(SIMDJSON_VERSION); }
