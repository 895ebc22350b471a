// Owns the published contracts as bytes of the binary. `#embed` instead of the package manager's own embedding:
// that writes them as Swift array literals, which take 15 s to compile.
#include "CSchemas.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#define SCHEMA(name) static const unsigned char name[] =
#define ENTRY(file, array) {file, array, sizeof array}

SCHEMA(asyncapi) {
#embed "../Events/Schemas/asyncapi.json"
};
SCHEMA(feedback) {
#embed "../Events/Schemas/feedback.json"
};
SCHEMA(incident) {
#embed "../Events/Schemas/incident.json"
};
SCHEMA(case_update) {
#embed "../Events/Schemas/case-update.json"
};
SCHEMA(remedy) {
#embed "../Events/Schemas/remedy.json"
};
SCHEMA(signal_) {
#embed "../Events/Schemas/signal.json"
};
SCHEMA(assignment) {
#embed "../Events/Schemas/assignment.json"
};
SCHEMA(escalation) {
#embed "../Events/Schemas/escalation.json"
};
SCHEMA(journal) {
#embed "../Events/Schemas/journal.json"
};
SCHEMA(delegation) {
#embed "../Events/Schemas/delegation.json"
};
SCHEMA(claim) {
#embed "../Events/Schemas/claim.json"
};
SCHEMA(dead_letter) {
#embed "../Events/Schemas/dead-letter.json"
};

static const cschemas_file files[] = {
  ENTRY("asyncapi.json", asyncapi),       ENTRY("feedback.json", feedback),
  ENTRY("incident.json", incident),       ENTRY("case-update.json", case_update),
  ENTRY("remedy.json", remedy),           ENTRY("signal.json", signal_),
  ENTRY("assignment.json", assignment),   ENTRY("escalation.json", escalation),
  ENTRY("journal.json", journal),         ENTRY("delegation.json", delegation),
  ENTRY("claim.json", claim),             ENTRY("dead-letter.json", dead_letter),
};

size_t cschemas_count(void) { return sizeof files / sizeof files[0]; }

cschemas_file cschemas_get(size_t index) {
  if (index < cschemas_count()) return files[index];
  return (cschemas_file){"", NULL, 0};
}
