// A proposal on its way from the worker that found it.
#include "harness/sync/Proposal.h"

namespace json = llvm::json;

static bool mapNumber(json::ObjectMapper &map, llvm::StringLiteral name, unsigned &number) {
  int64_t read = 0;
  bool isThere = map.map(name, read);
  number = unsigned(read);
  return isThere;
}

namespace pto {

static json::Value toJSON(const Place &place) {
  return json::Object{{"file", place.file}, {"line", place.line}, {"column", place.column}};
}

static bool fromJSON(const json::Value &value, Place &place, json::Path path) {
  json::ObjectMapper map(value, path);
  return map && map.map("file", place.file) && mapNumber(map, "line", place.line) &&
         mapNumber(map, "column", place.column);
}

namespace sync {

static json::Value toJSON(const LineEdit &edit) {
  return json::Object{
      {"line", edit.line}, {"count", edit.count}, {"keeps_some", edit.keepsSome}, {"lines", json::Array(edit.lines)}};
}

static bool fromJSON(const json::Value &value, LineEdit &edit, json::Path path) {
  json::ObjectMapper map(value, path);
  return map && mapNumber(map, "line", edit.line) && mapNumber(map, "count", edit.count) &&
         map.map("keeps_some", edit.keepsSome) && map.map("lines", edit.lines);
}

} // namespace sync

namespace harness {

static json::Value toJSON(const Advice &advice) {
  return json::Object{{"place", toJSON(advice.place)}, {"text", advice.text}};
}

static bool fromJSON(const json::Value &value, Advice &advice, json::Path path) {
  json::ObjectMapper map(value, path);
  return map && map.map("place", advice.place) && map.map("text", advice.text);
}

json::Value toJSON(const Proposal &proposal) {
  return json::Object{{"failure", proposal.failure},
                      {"failure_place", pto::toJSON(proposal.failurePlace)},
                      {"added", proposal.added},
                      {"removed", proposal.removed},
                      {"edits", json::Array(proposal.edits)},
                      {"additions", json::Array(proposal.additions)},
                      {"redundant", json::Array(proposal.redundant)},
                      {"lean", json::Array(proposal.lean)},
                      {"too_much", json::Array(proposal.tooMuch)}};
}

bool fromJSON(const json::Value &value, Proposal &proposal, json::Path path) {
  json::ObjectMapper map(value, path);
  return map && map.map("failure", proposal.failure) && map.map("failure_place", proposal.failurePlace) &&
         mapNumber(map, "added", proposal.added) && mapNumber(map, "removed", proposal.removed) &&
         map.map("edits", proposal.edits) && map.map("additions", proposal.additions) &&
         map.map("redundant", proposal.redundant) && map.map("lean", proposal.lean) &&
         map.map("too_much", proposal.tooMuch);
}

} // namespace harness
} // namespace pto
