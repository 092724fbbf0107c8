//===- PlantedBugsTest.cpp - Every planted fault is found -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// test/Emulator/planted-bugs.txt names kernels, what to change in their text and
// what must be found. Each is run in every order of asynchronous completion,
// with races; the kernels as they are must be clean.
//
//===----------------------------------------------------------------------===//

#include "PlantedCases.h"
#include "llvm/Support/MemoryBuffer.h"
#include <map>
#include <set>

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;
using llvm::StringRef;

namespace {

/// A line of the table.
struct PlantedBug {
  unsigned line = 0;
  StringRef kernel, find, replacement, expected;
  unsigned occurrence = 0; // 0: all
};

std::string readText(const std::string &name) {
  auto buffer = llvm::MemoryBuffer::getFile(std::string(QUANTOPT_SOURCE_DIR) + "/test/Emulator/" + name);
  if (buffer)
    return (*buffer)->getBuffer().str();
  ADD_FAILURE() << "cannot read " << name;
  return "";
}

std::vector<PlantedBug> parseTable(StringRef text) {
  std::vector<PlantedBug> bugs;
  unsigned number = 0;
  llvm::SmallVector<StringRef> lines;
  text.split(lines, '\n');
  for (StringRef line : lines) {
    ++number;
    if (line.trim().empty() || line.starts_with("#"))
      continue;
    llvm::SmallVector<StringRef> fields;
    line.split(fields, '|');
    if (fields.size() != 5) {
      ADD_FAILURE() << "line " << number << " has " << fields.size() << " fields";
      continue;
    }
    PlantedBug bug;
    bug.line = number;
    bug.kernel = fields[0].trim();
    if (fields[1].trim() != "all" && fields[1].trim().getAsInteger(10, bug.occurrence))
      ADD_FAILURE() << "line " << number << ": which occurrence?";
    bug.find = fields[2].trim();
    bug.replacement = fields[3].trim();
    bug.expected = fields[4].trim();
    bugs.push_back(bug);
  }
  return bugs;
}

/// Changes the kernel's body; false if the text is not there.
bool plant(const PlantedBug &bug, std::string &text) {
  size_t begin = text.find((".entry " + bug.kernel + "(").str());
  if (begin == std::string::npos)
    return false;
  bool isChanged = false;
  unsigned count = 0;
  for (size_t at = text.find(bug.find.str(), begin); at != std::string::npos; at = text.find(bug.find.str(), at)) {
    if (text.find(".entry ", begin + 7) < at)
      break;
    if (bug.occurrence != 0 && ++count != bug.occurrence) {
      at += bug.find.size();
      continue;
    }
    text.replace(at, bug.find.size(), bug.replacement.str());
    at += bug.replacement.size();
    isChanged = true;
  }
  return isChanged;
}

/// What the runs of all orders show: names of hazards, and "wrong result". Ends when `wanted` is among them.
std::set<std::string> findFaults(KernelRun &run, const std::vector<std::vector<uint8_t>> &expected,
                                 const std::string &wanted, std::string &details) {
  std::set<std::string> found;
  run.config.instructionBudget = 2000000;
  for (const Order &order : allOrders) {
    if (found.count(wanted))
      break;
    std::vector<Hazard> hazards = run.launch(order);
    bool isFatal = false;
    for (const Hazard &hazard : hazards) {
      found.insert(getHazardName(hazard.kind).str());
      isFatal |= hazard.isFatal;
    }
    if (details.size() < 4000)
      details += formatHazards(hazards);
    if (!expected.empty() && !isFatal && run.results != expected)
      found.insert("wrong result");
  }
  return found;
}

const PlantedCase *findCase(StringRef name) {
  for (const PlantedCase &each : getPlantedCases())
    if (name == each.name)
      return &each;
  return nullptr;
}

TEST(PlantedBugs, KernelsAsTheyAreAreClean) {
  for (const PlantedCase &each : getPlantedCases()) {
    std::unique_ptr<KernelRun> run = each.make(readText(each.file));
    std::string details;
    EXPECT_EQ(findFaults(*run, {}, "", details), std::set<std::string>()) << each.name << ":\n" << details;
  }
}

TEST(PlantedBugs, EachIsFound) {
  std::string table = readText("planted-bugs.txt");
  std::vector<PlantedBug> bugs = parseTable(table);
  EXPECT_GE(bugs.size(), 40u);
  std::map<std::string, std::vector<std::vector<uint8_t>>> results; // of the kernels as they are
  for (const PlantedBug &bug : bugs) {
    std::string where = "planted-bugs.txt:" + std::to_string(bug.line) + ": " + bug.kernel.str();
    const PlantedCase *each = findCase(bug.kernel);
    ASSERT_TRUE(each) << where;
    std::string text = readText(each->file);
    auto [expected, isNew] = results.try_emplace(each->name);
    if (isNew) {
      std::unique_ptr<KernelRun> run = each->make(text);
      run->launch(allOrders.front());
      expected->second = run->results;
    }
    if (!plant(bug, text)) {
      ADD_FAILURE() << where << ": there is no such text";
      continue;
    }
    std::unique_ptr<KernelRun> run = each->make(text);
    std::string details;
    std::set<std::string> found = findFaults(*run, expected->second, bug.expected.str(), details);
    EXPECT_TRUE(found.count(bug.expected.str()))
        << where << ": '" << bug.find.str() << "' -> '" << bug.replacement.str() << "': " << bug.expected.str()
        << " is not found, but " << testing::PrintToString(found) << "\n"
        << details;
  }
}

} // namespace
