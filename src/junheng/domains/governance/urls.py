"""Addresses of cases: the overview of all, the file of one, its exhibits."""

from django.urls import path

from junheng.domains.governance.desk import files, overview

app_name = "governance"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("cases.csv", overview.export, name="export"),
    path("cases/<int:number>/", files.case_file, name="file"),
    path("cases/<int:number>/exhibit/", files.new_exhibit, name="exhibit"),
    path("exhibits/<int:number>/", files.exhibit_bytes, name="bytes"),
]
