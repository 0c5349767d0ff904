print(__loader__.get_source("__main__"))
print(__loader__.get_filename("__main__"), __loader__.is_package("__main__"))
print(__loader__.get_data(__file__)[:5])
