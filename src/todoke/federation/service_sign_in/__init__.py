"""Service sign-in 連携サービス: this installation as the provider of the city's other services, by allauth."""
