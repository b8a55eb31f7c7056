"""Provider simulator 認証元シミュレーター: three OpenID providers with fictional people, and faults.

For the demo, proofs and tests; the product never asks it. It identifies nobody.
"""
