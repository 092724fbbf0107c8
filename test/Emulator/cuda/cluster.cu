//===- cluster.cu - Clusters and bulk copies (sm_90 and newer) ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Shared memory of other CTAs, cluster barriers, mbarriers, one-dimensional bulk copies.
//
//===----------------------------------------------------------------------===//

#include <cooperative_groups.h>
#include <cuda/barrier>

namespace cg = cooperative_groups;

// Every CTA of a cluster of 4 adds what the others hold.
extern "C" __global__ void __cluster_dims__(4) cluster_sum(const int *x, int *y) {
  __shared__ int mine[64];
  cg::cluster_group cluster = cg::this_cluster();
  mine[threadIdx.x] = x[blockIdx.x * 64 + threadIdx.x];
  cluster.sync();
  int sum = 0;
  for (unsigned rank = 0; rank < cluster.num_blocks(); ++rank)
    sum += cluster.map_shared_rank(mine, rank)[threadIdx.x];
  cluster.sync();
  y[blockIdx.x * 64 + threadIdx.x] = sum + cluster.block_rank();
}

// Bins are spread over the cluster's CTAs; n bins a CTA.
extern "C" __global__ void __cluster_dims__(2) cluster_histogram(const int *x, int *bins, int count) {
  __shared__ int local[32];
  cg::cluster_group cluster = cg::this_cluster();
  if (threadIdx.x < 32)
    local[threadIdx.x] = 0;
  cluster.sync();
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < count; i += gridDim.x * blockDim.x)
    atomicAdd(cluster.map_shared_rank(local, x[i] / 32 % 2) + x[i] % 32, 1);
  cluster.sync();
  if (threadIdx.x < 32)
    atomicAdd(&bins[cluster.block_rank() * 32 + threadIdx.x], local[threadIdx.x]);
}

// y = x + 1 through shared memory, in and out by bulk copies that a barrier counts.
extern "C" __global__ void bulk_copy(const int *x, int *y) {
  using Barrier = cuda::barrier<cuda::thread_scope_block>;
  __shared__ alignas(16) int buffer[256];
#pragma nv_diag_suppress static_var_with_dynamic_init
  __shared__ Barrier barrier;
  if (threadIdx.x == 0) {
    init(&barrier, blockDim.x);
    cuda::device::experimental::fence_proxy_async_shared_cta();
  }
  __syncthreads();
  // The copy itself tells the barrier how many bytes to expect.
  if (threadIdx.x == 0)
    cuda::memcpy_async(buffer, x + blockIdx.x * 256, cuda::aligned_size_t<16>(sizeof(buffer)), barrier);
  barrier.wait(barrier.arrive());
  for (int i = threadIdx.x; i < 256; i += blockDim.x)
    buffer[i] += 1;
  cuda::device::experimental::fence_proxy_async_shared_cta();
  __syncthreads();
  if (threadIdx.x == 0) {
    cuda::device::experimental::cp_async_bulk_shared_to_global(y + blockIdx.x * 256, buffer, sizeof(buffer));
    cuda::device::experimental::cp_async_bulk_commit_group();
    cuda::device::experimental::cp_async_bulk_wait_group_read<0>();
  }
}
