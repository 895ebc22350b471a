// What Swift cannot import from libmicrohttpd on its own: variadics. No logic lives here.
#pragma once
#include <stdint.h>
#include <microhttpd.h>

// MHD_start_daemon, with its options as an array whose last one is MHD_OPTION_END.
static inline struct MHD_Daemon *answerable_MHD_start(
    unsigned int flags, MHD_AccessHandlerCallback handler, void *context,
    struct MHD_OptionItem *options) {
  return MHD_start_daemon(
      flags, 0, NULL, NULL, handler, context, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}
