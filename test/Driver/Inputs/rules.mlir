module attributes {lowp.rules = [
  {sites = "down_proj", weight = #lowp.scheme<f8E4M3FN, channel>, input = #lowp.scheme<f8E4M3FN, token, dynamic>, method = "fp8"}
]} {}
