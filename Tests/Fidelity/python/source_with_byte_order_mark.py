print("grüße", __file__)
