// How a map is read by the table of its keys.
#pragma once

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace pto::harness {

template <class Target>
void readMap(Reader &reader, const YamlNode &map, llvm::StringRef owner, llvm::ArrayRef<Key<Target>> keys,
             Target &target) {
  for (const YamlNode::Entry &entry : map.entries) {
    const Key<Target> *key = llvm::find_if(keys, [&](const Key<Target> &k) { return k.name == entry.key->text; });
    if (key == keys.end()) {
      std::vector<llvm::StringRef> known;
      for (const Key<Target> &k : keys)
        known.push_back(k.name);
      std::string hint = didYouMean(entry.key->text, known);
      reader.fail(*entry.key, "unknown key " + quote(entry.key->text) + " in " + owner.str() +
                                  (hint.empty() ? "; it has " + llvm::join(known, ", ") : hint));
    } else if (!key->kind ||
               reader.expect(*entry.value, *key->kind, ("'" + key->name + "' must be " + key->meaning).str())) {
      key->read(reader, *entry.value, target);
    }
  }
  for (const Key<Target> &key : keys)
    if (key.isRequired && !map.findKey(key.name))
      reader.fail(map, (owner + " needs '" + key.name + "', " + key.meaning).str());
}

} // namespace pto::harness
