//===- ConvertHopperToLLVM.cpp - hopper operations to inline assembly -----===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One PTX template an operation. Registers are constrained by their class ("r", "f", "l"); a register that is written
// in place is a result and an input tied to it.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Conversion/Passes.h"

#include "Hopper/Hopper.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/FormatVariadic.h"

namespace quantopt {
#define GEN_PASS_DEF_CONVERTHOPPERTOLLVM
#include "quant-opt/Conversion/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using namespace quantopt::hopper;

namespace {

/// Collects the operands of one inline_asm in their order: results, inputs tied to them, other inputs.
class Assembly {
public:
  Assembly(ImplicitLocOpBuilder &builder) : b(builder) {}

  /// A register that the instruction reads and writes, or an aggregate of them.
  void inPlace(Value value) {
    if (auto type = dyn_cast<LLVM::LLVMStructType>(value.getType())) {
      for (unsigned i = 0; i < type.getBody().size(); ++i)
        tied.push_back(LLVM::ExtractValueOp::create(b, value, i));
      return;
    }
    tied.push_back(value);
  }
  void output(Type type) { outputs.push_back(type); }
  /// Reads `value`; its place in the template is `placeOf(index)`, index counted over inputs.
  void input(Value value, bool allowImmediate = false) {
    inputs.push_back(value);
    immediate.push_back(allowImmediate && matchPattern(value, m_Constant()));
  }

  /// "{$0, $1, ..}" from the `first`-th operand on.
  static std::string list(unsigned first, unsigned count) {
    std::string text = "{";
    for (unsigned i = 0; i < count; ++i)
      text += (i ? ", $" : "$") + std::to_string(first + i);
    return text + "}";
  }
  unsigned resultCount() const { return outputs.size() + tied.size(); }
  /// The template's number of an input.
  unsigned placeOf(unsigned input) const { return resultCount() + tied.size() + input; }

  /// The results, outputs first.
  SmallVector<Value> emit(StringRef text, bool hasSideEffects, bool clobbersMemory = false);

private:
  static StringRef constraintOf(Type type) {
    return type.isF32() ? "f" : type.isInteger(64) || isa<LLVM::LLVMPointerType>(type) ? "l" : "r";
  }

  ImplicitLocOpBuilder &b;
  SmallVector<Type> outputs;
  SmallVector<Value> tied, inputs;
  SmallVector<bool> immediate;
};

} // namespace

SmallVector<Value> Assembly::emit(StringRef text, bool hasSideEffects, bool clobbersMemory) {
  SmallVector<Type> types(outputs);
  for (Value value : tied)
    types.push_back(value.getType());
  SmallVector<std::string> constraints;
  for (Type type : types)
    constraints.push_back(("=" + constraintOf(type)).str());
  for (unsigned i = 0; i < tied.size(); ++i)
    constraints.push_back(std::to_string(outputs.size() + i));
  for (auto [value, isImmediate] : llvm::zip_equal(inputs, immediate))
    constraints.push_back(isImmediate ? "n" : constraintOf(value.getType()).str());
  if (clobbersMemory)
    constraints.push_back("~{memory}");
  SmallVector<Value> operands(tied);
  llvm::append_range(operands, inputs);
  bool isStruct = types.size() > 1;
  Type result = isStruct ? LLVM::LLVMStructType::getLiteral(b.getContext(), types) : types[0];
  auto op = LLVM::InlineAsmOp::create(b, result, operands, text, llvm::join(constraints, ","), hasSideEffects,
                                      /*is_align_stack=*/false, LLVM::tailcallkind::TailCallKind::None,
                                      LLVM::AsmDialectAttr::get(b.getContext(), LLVM::AsmDialect::AD_ATT),
                                      /*operand_attrs=*/ArrayAttr());
  if (!isStruct)
    return {op.getResult(0)};
  SmallVector<Value> results;
  for (unsigned i = 0; i < types.size(); ++i)
    results.push_back(LLVM::ExtractValueOp::create(b, op.getResult(0), i));
  return results;
}

/// The struct of `type` with these members.
static Value makeStruct(ImplicitLocOpBuilder &b, Type type, ValueRange members) {
  Value value = LLVM::UndefOp::create(b, type);
  for (auto [i, member] : llvm::enumerate(members))
    value = LLVM::InsertValueOp::create(b, value, member, i);
  return value;
}

//===----------------------------------------------------------------------===//
// Templates
//===----------------------------------------------------------------------===//

static void convert(WgmmaOp op, ImplicitLocOpBuilder &b) {
  Assembly assembly(b);
  assembly.inPlace(op.getSums());
  unsigned sums = assembly.resultCount(), registers = op.getA().size();
  for (Value value : op.getA())
    assembly.input(value);
  assembly.input(op.getB());
  IntegerAttr known;
  if (matchPattern(op.getAccumulate(), m_Constant(&known)))
    assembly.input(LLVM::ConstantOp::create(b, b.getI32Type(), b.getI32IntegerAttr(known.getValue().isZero() ? 0 : 1)),
                   /*allowImmediate=*/true);
  else
    assembly.input(LLVM::ZExtOp::create(b, b.getI32Type(), op.getAccumulate()));
  auto place = [&](unsigned input) { return "$" + std::to_string(assembly.placeOf(input)); };
  std::string a = registers == 1 ? place(0) : Assembly::list(assembly.placeOf(0), registers);
  // Integers have no factors of -1, and only 16-bit operands can be transposed: of A only when it is a descriptor.
  std::string factors = op.isInteger() ? "" : ", 1, 1";
  if (op.getK() == 16)
    factors += registers == 1 ? ", 0, 0" : ", 0";
  std::string text = llvm::formatv("{{ .reg .pred p; setp.ne.b32 p, {0}, 0; "
                                   "wgmma.mma_async.sync.aligned.m64n{1}k{2}.{3}.{4}.{5} {6}, {7}, {8}, p{9}; }",
                                   place(registers + 1), op.getN(), op.getK(), op.isInteger() ? "s32" : "f32",
                                   stringifyMatrixElement(op.getAElement()), stringifyMatrixElement(op.getBElement()),
                                   Assembly::list(0, sums), a, place(registers), factors);
  op.replaceAllUsesWith(makeStruct(b, op.getType(), assembly.emit(text, /*hasSideEffects=*/true)));
}

static void convert(WgmmaWaitOp op, ImplicitLocOpBuilder &b) {
  Assembly assembly(b);
  for (Value value : op.getInputs())
    assembly.inPlace(value);
  std::string text = "wgmma.wait_group.sync.aligned " + std::to_string(op.getPending()) + ";";
  SmallVector<Value> registers = assembly.emit(text, /*hasSideEffects=*/true, /*clobbersMemory=*/true);
  ArrayRef<Value> rest(registers);
  for (Value result : op.getResults()) {
    auto type = dyn_cast<LLVM::LLVMStructType>(result.getType());
    size_t count = type ? type.getBody().size() : 1;
    result.replaceAllUsesWith(type ? makeStruct(b, type, rest.take_front(count)) : rest[0]);
    rest = rest.drop_front(count);
  }
}

static void convert(Lop3Op op, ImplicitLocOpBuilder &b) {
  Assembly assembly(b);
  assembly.output(op.getType());
  for (Value value : op.getOperands())
    assembly.input(value, /*allowImmediate=*/true);
  std::string text = "lop3.b32 $0, $1, $2, $3, " + std::to_string(op.getTable()) + ";";
  op.replaceAllUsesWith(assembly.emit(text, /*hasSideEffects=*/false)[0]);
}

static void convert(LoadStreamOp op, ImplicitLocOpBuilder &b) {
  Assembly assembly(b);
  for (int i = 0; i < 4; ++i)
    assembly.output(b.getI32Type());
  assembly.input(op.getAddress());
  std::string text = "ld.global.nc.L1::no_allocate.L2::128B.v4.b32 " + Assembly::list(0, 4) + ", [$4];";
  // Without side effects, so that it can be moved ahead of uses: what it reads does not change.
  SmallVector<Value> words = assembly.emit(text, /*hasSideEffects=*/false);
  Value vector = LLVM::UndefOp::create(b, op.getType());
  for (auto [i, word] : llvm::enumerate(words)) {
    Value index = LLVM::ConstantOp::create(b, b.getI32Type(), b.getI32IntegerAttr(i));
    vector = LLVM::InsertElementOp::create(b, vector, word, index);
  }
  op.replaceAllUsesWith(vector);
}

namespace {
struct ConvertHopperToLLVM : quantopt::impl::ConvertHopperToLLVMBase<ConvertHopperToLLVM> {
  void runOnOperation() override {
    getOperation()->walk([](Operation *op) {
      ImplicitLocOpBuilder builder(op->getLoc(), op);
      bool isConverted = llvm::TypeSwitch<Operation *, bool>(op)
                             .Case<WgmmaOp, WgmmaWaitOp, Lop3Op, LoadStreamOp>([&](auto hopper) {
                               convert(hopper, builder);
                               return true;
                             })
                             .Default(false);
      if (isConverted)
        op->erase();
    });
  }
};
} // namespace
