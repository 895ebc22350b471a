// What Swift cannot import from librdkafka on its own: macros and variadics. No logic lives here.
#pragma once
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
