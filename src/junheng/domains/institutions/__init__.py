"""Licensed training institutions while their licences hold."""
