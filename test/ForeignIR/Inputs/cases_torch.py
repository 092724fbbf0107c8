"""PyTorch modules, each with the number of layers a quantizer should find in its IR."""
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
dims = torch.export.Dim


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(16, 32), nn.Linear(32, 8)

    def forward(self, x):
        return self.b(F.gelu(self.a(x)))


class Mv(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.randn(8, 16))

    def forward(self, x):
        return torch.mv(self.w, x)


class ConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1, self.bn = nn.Conv2d(3, 8, 3, padding=1), nn.BatchNorm2d(8)
        self.dw, self.pw = nn.Conv2d(8, 8, 3, groups=8, padding=1), nn.Conv2d(8, 16, 1)
        self.g, self.fc = nn.Conv2d(16, 16, 3, groups=4), nn.Linear(16, 10)

    def forward(self, x):
        x = F.relu(self.pw(F.relu(self.dw(F.relu(self.bn(self.c1(x)))))))
        return self.fc(F.max_pool2d(F.relu(self.g(x)), 2).mean((2, 3)))


class Dilated(nn.Module):
    def __init__(self):
        super().__init__()
        self.c = nn.Conv2d(4, 4, 3, padding=2, dilation=2, bias=False)
        self.d = nn.Conv2d(4, 4, 3, stride=2)

    def forward(self, x):
        return self.d(self.c(x))


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.m = nn.TransformerEncoderLayer(16, 4, 32, batch_first=True, dropout=0.0)

    def forward(self, x):
        return self.m(x)


class Mha(nn.Module):
    def __init__(self):
        super().__init__()
        self.m = nn.MultiheadAttention(16, 4, batch_first=True)

    def forward(self, x):
        return self.m(x, x, x, need_weights=False)[0]


class Vit(nn.Module):
    def __init__(self):
        super().__init__()
        self.p, self.e, self.h = nn.Conv2d(3, 16, 4, 4), Encoder(), nn.Linear(16, 5)
        self.c = nn.Parameter(torch.randn(1, 1, 16))

    def forward(self, x):
        y = self.p(x).flatten(2).transpose(1, 2)
        y = torch.cat([self.c.expand(y.shape[0], -1, -1), y], 1)
        return self.h(self.e(y)[:, 0])


class Recurrent(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.m = kind(8, 6, batch_first=True)

    def forward(self, x):
        return self.m(x)[0]


class Cell(nn.Module):
    def __init__(self):
        super().__init__()
        self.m = nn.LSTMCell(8, 6)

    def forward(self, x, h, c):
        for t in range(2):
            h, c = self.m(x[:, t], (h, c))
        return h


class LanguageModel(nn.Module):
    def __init__(self, tied):
        super().__init__()
        self.e, self.n = nn.Embedding(50, 16), nn.LayerNorm(16)
        self.f, self.g, self.h = nn.Linear(16, 32), nn.Linear(32, 16), nn.Linear(16, 50, bias=False)
        if tied:
            self.h.weight = self.e.weight

    def forward(self, ids):
        x = self.e(ids)
        return self.h(x + self.g(F.silu(self.f(self.n(x)))))


class Einsum(nn.Module):
    def __init__(self):
        super().__init__()
        self.w, self.o = nn.Parameter(torch.randn(16, 4, 6)), nn.Parameter(torch.randn(4, 6, 16))

    def forward(self, x):
        return torch.einsum("bhtk,hkd->btd", torch.einsum("btd,dhk->bhtk", x, self.w), self.o)


class Llama(nn.Module):
    """RMSNorm, RoPE from positions, grouped-query attention, gated MLP."""

    def __init__(self):
        super().__init__()
        linear = lambda i, o: nn.Linear(i, o, bias=False)
        self.q, self.k, self.v, self.o = linear(16, 16), linear(16, 8), linear(16, 8), linear(16, 16)
        self.gate, self.up, self.down = linear(16, 32), linear(16, 32), linear(32, 16)
        self.n1, self.n2 = nn.Parameter(torch.rand(16)), nn.Parameter(torch.rand(16))
        self.register_buffer("inv", 1 / (10000 ** (torch.arange(0, 4, 2).float() / 4)))

    @staticmethod
    def norm(x, g):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6) * g

    def rope(self, x, pos):
        f = (self.inv[None, :, None].expand(1, -1, 1) @ pos[:, None, :].float()).transpose(1, 2)
        e = torch.cat([f, f], -1)[:, None]
        return x * e.cos() + torch.cat([-x[..., 2:], x[..., :2]], -1) * e.sin()

    def forward(self, x, pos):
        b, t, _ = x.shape
        h = self.norm(x, self.n1)
        heads = lambda y, n: y.view(b, t, n, 4).transpose(1, 2)
        q, k = self.rope(heads(self.q(h), 4), pos), self.rope(heads(self.k(h), 2), pos)
        repeat = lambda y: y[:, :, None].expand(b, 2, 2, t, 4).reshape(b, 4, t, 4)
        mask = torch.full((t, t), float("-inf")).triu(1)
        p = torch.softmax(q @ repeat(k).transpose(-1, -2) / 2 + mask, -1)
        x = x + self.o((p @ repeat(heads(self.v(h), 2))).transpose(1, 2).reshape(b, t, 16))
        h = self.norm(x, self.n2)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


class Moe(nn.Module):
    def __init__(self):
        super().__init__()
        self.r, self.w = nn.Linear(16, 4), nn.Parameter(torch.randn(4, 16, 8))

    def forward(self, x):
        y = torch.einsum("td,edf->etf", x, self.w)
        return torch.einsum("te,etf->tf", torch.softmax(self.r(x), -1), y)


class WeightNorm(nn.Module):
    def __init__(self):
        super().__init__()
        self.l = nn.utils.parametrizations.weight_norm(nn.Linear(16, 8))

    def forward(self, x):
        return self.l(x)


class Call(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, *args):
        return self.function(*args)


r = torch.randn
attention = lambda q, k, v: torch.softmax(q @ k.T / 8**0.5, -1) @ v
batch = dict(dynamic_shapes=[{0: dims("b", min=2, max=64)}])

# name: (module, inputs, layers, further arguments of the exporter)
CASES = {
    "linear": (Mlp(), (r(4, 16),), 2, {}),
    "linear-3d": (Mlp(), (r(2, 4, 16),), 2, {}),
    "linear-f16": (Mlp().half(), (r(4, 16).half(),), 2, {}),
    "linear-bf16": (Mlp().bfloat16(), (r(4, 16).bfloat16(),), 2, {}),
    "linear-dynamic": (Mlp(), (r(4, 16),), 2, batch),
    "linear-3d-dynamic": (Mlp(), (r(2, 4, 16),), 2, batch),
    "linear-vector": (Mlp(), (r(16),), 2, {}),
    "mv": (Mv(), (r(16),), 1, {}),
    "conv-net": (ConvNet(), (r(1, 3, 12, 12),), 5, {}),
    "conv-1d": (nn.Conv1d(4, 8, 3, padding=1), (r(2, 4, 10),), 1, {}),
    "conv-3d": (nn.Conv3d(2, 4, 3), (r(1, 2, 5, 5, 5),), 1, {}),
    "conv-transpose": (nn.ConvTranspose2d(4, 6, 3, stride=2), (r(1, 4, 5, 5),), 1, {}),
    "conv-dilated": (Dilated(), (r(1, 4, 9, 9),), 2, {}),
    "multi-head-attention": (Mha(), (r(2, 5, 16),), 2, {}),
    "encoder-layer": (Encoder(), (r(2, 5, 16),), 4, {}),
    "vit": (Vit(), (r(2, 3, 8, 8),), 6, {}),
    "llama-block": (Llama(), (r(1, 5, 16), torch.arange(5)[None]), 7, {}),
    "lstm": (Recurrent(nn.LSTM), (r(2, 3, 8),), 4, {}),
    "gru": (Recurrent(nn.GRU), (r(2, 3, 8),), 4, {}),
    "lstm-cell": (Cell(), (r(2, 3, 8), r(2, 6), r(2, 6)), 4, {}),
    "lm-tied": (LanguageModel(True), (torch.randint(0, 50, (1, 7)),), 2, {}),
    "lm-untied": (LanguageModel(False), (torch.randint(0, 50, (1, 7)),), 2, {}),
    "einsum": (Einsum(), (r(2, 5, 16),), 2, {}),
    "moe": (Moe(), (r(5, 16),), 2, {}),
    "weight-norm": (WeightNorm(), (r(3, 16),), 1, {}),
    "linear-arguments": (Call(F.linear), (r(3, 16), r(8, 16), r(8)), 1, {}),
    "attention-arguments": (Call(attention), (r(5, 8), r(5, 8), r(5, 8)), 0, {}),
    "sdpa": (Call(F.scaled_dot_product_attention), (r(1, 2, 5, 8),) * 3, 0, {}),
    "integer-matmul": (Call(torch.matmul), (torch.randint(0, 9, (3, 4)), torch.randint(0, 9, (4, 5))), 0, {}),
}
