//===- LowPBase.td - The lowp dialect itself ----------------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LOWP_BASE
#define QUANTOPT_LOWP_BASE

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/OpBase.td"

def LowP_Dialect : Dialect {
  let name = "lowp";
  let cppNamespace = "::quantopt::lowp";
  let summary = "Low-precision schemes, plans, parameters and casts";
  let description = [{
    What quantization adds to linear-algebra IR: schemes and plans as
    attributes, quantization parameters as tensors beside the data
    (x ~ (q - z) * scale), and weights as keys into a store of bytes.
  }];
  let useDefaultAttributePrinterParser = 1;
  let hasOperationAttrVerify = 1;
  let extraClassDeclaration = [{
    /// Discardable attributes of contractions.
    static constexpr llvm::StringLiteral getPlanAttrName() { return "lowp.plan"; }
    static constexpr llvm::StringLiteral getSiteAttrName() { return "lowp.site"; }
    static constexpr llvm::StringLiteral getSkipAttrName() { return "lowp.skip"; }
    static constexpr llvm::StringLiteral getStatsAttrName() { return "lowp.stats"; }
    /// Of fused contractions and of the launches that they become.
    static constexpr llvm::StringLiteral getScheduleAttrName() { return "lowp.schedule"; }
    /// The weight stores of this context, by the content id of their lowp.store.
    StoreRegistry &getStores() { return *stores; }
  private:
    void registerAttributes();
    std::shared_ptr<StoreRegistry> stores;
  public:
  }];
}

#endif // QUANTOPT_LOWP_BASE
