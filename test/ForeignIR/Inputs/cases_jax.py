"""JAX functions, each with the number of layers a quantizer should find in its IR."""
import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

random = np.random.RandomState(2)
r = lambda *shape: random.randn(*shape).astype(np.float32)
w1, b1, w2, b2 = r(16, 32), r(32), r(32, 8), r(8)
wq, wk, wv, wo = r(16, 4, 4), r(16, 4, 4), r(16, 4, 4), r(4, 4, 16)
wx, wh = 0.3 * r(6, 8), 0.3 * r(8, 8)
table, experts = jnp.asarray(r(50, 16)), r(4, 16, 8)
conv, depthwise = r(3, 3, 4, 8), r(3, 3, 1, 4)
nhwc = dict(dimension_numbers=("NHWC", "HWIO", "NHWC"))


def attention(x):
    q, k, v = (jnp.einsum("btd,dhk->bhtk", x, w) for w in (wq, wk, wv))
    p = jax.nn.softmax(jnp.einsum("bhtk,bhsk->bhts", q, k) / 2.0, -1)
    return jnp.einsum("bhtk,hkd->btd", jnp.einsum("bhts,bhsk->bhtk", p, v), wo)


def rms_norm(x, g):
    return x * lax.rsqrt(jnp.mean(x * x, -1, keepdims=True) + 1e-6) * g


def rnn(wx, wh, xs):
    step = lambda h, x: (jnp.tanh(x @ wx + h @ wh),) * 2
    return lax.scan(step, jnp.zeros((2, 8)), xs)[0]


@jax.jit
def dense(x, w, b):
    return x @ w + b


bf16 = jnp.bfloat16
ids = np.arange(7, dtype=np.int32)

# name: (function, arguments, layers)
CASES = {
    "mlp": (lambda x: jax.nn.relu(x @ w1 + b1) @ w2 + b2, (r(4, 16),), 2),
    "mlp-arguments": (lambda p, q, x: jax.nn.gelu(x @ p + b1) @ q, (w1, w2, r(4, 16)), 2),
    "vecmat": (lambda x: jnp.tanh(x @ w1 + b1) @ w2, (r(16),), 2),
    "matvec": (lambda x: w1.T @ x, (r(16),), 1),
    "attention": (attention, (r(2, 5, 16),), 4),
    "attention-arguments": (lambda q, k, v: jax.nn.softmax(q @ k.T, -1) @ v, (r(5, 8), r(5, 8), r(5, 8)), 0),
    "gated-mlp": (lambda x: (jax.nn.silu(rms_norm(x, b1[:1]) @ w1) * (x @ w1)) @ w2, (r(3, 16),), 3),
    "conv-nhwc": (lambda x: lax.conv_general_dilated(x, conv, (1, 1), "SAME", **nhwc), (r(1, 8, 8, 4),), 1),
    "conv-depthwise": (lambda x: lax.conv_general_dilated(x, depthwise, (1, 1), "SAME", feature_group_count=4, **nhwc),
                       (r(1, 8, 8, 4),), 1),
    "scan": (lambda xs: rnn(wx, wh, xs), (r(5, 2, 6),), 2),
    "scan-arguments": (rnn, (wx, wh, r(5, 2, 6)), 2),
    "nested-jit": (lambda x: dense(jax.nn.relu(dense(x, w1, b1)), w2, b2), (r(4, 16),), 2),
    "bf16": (lambda x: jnp.dot(x, w1.astype(bf16), preferred_element_type=jnp.float32), (r(4, 16).astype(bf16),), 1),
    "lm-tied": (lambda i: (jax.nn.silu(table[i] @ w1) @ w1.T) @ table.T, (ids,), 2),
    "one-hot": (lambda i: jax.nn.one_hot(i, 50) @ table @ w1, (ids,), 1),
    "experts": (lambda x: jnp.einsum("td,edf->etf", x, experts), (r(5, 16),), 1),
}
